package dev.tideline.directory.channels;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.users.EmailChange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Carries out a {@link PrimaryEmail} in a transaction that holds the lock of the user's row. Then the addresses are
 * locked by name, in the same order for all: if two users swap addresses, one waits for the other and not both.
 */
public final class PrimaryEmailChange implements EmailChange {

    private final ChannelStore channels;
    private final UUID user;
    private boolean signsIn;

    /**
     * @param user locked, or created in this transaction
     */
    public PrimaryEmailChange(Handle handle, String tenant, UUID user) {
        this.channels = new ChannelStore(handle, tenant);
        this.user = user;
    }

    @Override
    public PrimaryEmailChange signsIn() {
        signsIn = true;
        return this;
    }

    @Override
    public void apply(Optional<String> wanted, Boolean verified) {
        if (wanted != null) {
            change(wanted.map(text -> EmailAddress.of(text, "primary_email")));
        }
        if (verified != null) {
            ContactChannel primary = channels.of(user).stream()
                    .filter(ContactChannel::isPrimary)
                    .findFirst()
                    .orElseThrow(() ->
                            ApiException.schema("primary_email_verified", "needs the user to have a primary email"));
            channels.setVerified(primary.id(), verified);
        }
    }

    private void change(Optional<String> wanted) {
        List<ContactChannel> before = channels.of(user);
        channels.lockAddresses(user, wanted);
        PrimaryEmail change = PrimaryEmail.change(before, wanted);
        if (wanted.isPresent()
                && (change.added().isPresent() || change.promoted().isPresent())) {
            channels.refuseIfUsedBySomebodyElse(user, wanted.get());
        }
        change.demoted().ifPresent(id -> channels.setPrimary(id, false));
        boolean moves = signsIn || change.signsIn();
        if (moves) {
            channels.signInWithNone(user);
        }
        change.added().ifPresent(address -> channels.add(UUID.randomUUID(), user, address, true, moves));
        change.promoted().ifPresent(id -> channels.promote(id, moves));
    }
}
