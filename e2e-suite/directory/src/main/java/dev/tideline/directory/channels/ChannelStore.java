package dev.tideline.directory.channels;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Contact channels of one tenant, within one transaction. */
public final class ChannelStore extends Store {

    public ChannelStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(ContactChannel.class));
    }

    public List<ContactChannel> of(UUID user) {
        return query("list-channels")
                .bind("user", user)
                .mapTo(ContactChannel.class)
                .list();
    }

    /** @throws ApiException 404 if the user has no such channel */
    public ContactChannel get(UUID user, UUID id) {
        return of(user).stream()
                .filter(channel -> channel.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(404, "CONTACT_CHANNEL_NOT_FOUND", "The user has no such contact channel"));
    }

    /**
     * Locks the user's addresses, and this one, until the end of the transaction. Whoever makes an address sign in does
     * so first.
     */
    void lockAddresses(UUID user, Optional<String> address) {
        query("lock-addresses")
                .bind("user", user)
                .bind("address", address)
                .mapTo(String.class)
                .list();
    }

    /** Call after {@link #lockAddresses}. */
    void refuseIfUsedBySomebodyElse(UUID user, String address) {
        findBySignIn(address).filter(owner -> !owner.equals(user)).ifPresent(owner -> {
            throw new ApiException(
                    409,
                    "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE",
                    "Somebody else signs in with this address");
        });
    }

    /** The user who signs in with this address. */
    public Optional<UUID> findBySignIn(String address) {
        return queryText(
                        "SELECT user_id FROM contact_channel WHERE tenancy_id = :tenant AND value = :address AND used_for_auth")
                .bind("address", address)
                .mapTo(UUID.class)
                .findOne();
    }

    /** @throws ApiException 409 if the user has it already */
    void add(UUID id, UUID user, String address, boolean primary, boolean usedForAuth) {
        int added = update("add-channel")
                .bind("id", id)
                .bind("user", user)
                .bind("address", address)
                .bind("primary", primary)
                .bind("usedForAuth", usedForAuth)
                .execute();
        if (added == 0) {
            throw new ApiException(409, "CONTACT_CHANNEL_ALREADY_EXISTS", "The user has this address already");
        }
    }

    void setPrimary(UUID id, boolean primary) {
        updateText("UPDATE contact_channel SET is_primary = :primary WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .bind("primary", primary)
                .execute();
    }

    void promote(UUID id, boolean signsIn) {
        update("promote-channel").bind("id", id).bind("signsIn", signsIn).execute();
    }

    void signInWithNone(UUID user) {
        update("sign-in-with-none").bind("user", user).execute();
    }

    void setVerified(UUID id, boolean verified) {
        updateText("UPDATE contact_channel SET is_verified = :verified WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .bind("verified", verified)
                .execute();
    }

    void delete(UUID id) {
        updateText("DELETE FROM contact_channel WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .execute();
    }
}
