package dev.tideline.directory.accounts;

import dev.tideline.directory.database.Store;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Connected accounts of one tenant, within one transaction. */
final class AccountStore extends Store {

    AccountStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(ConnectedAccount.class));
    }

    /** An account, as it stands in answers. */
    record ConnectedAccount(UUID userId, String provider, String providerAccountId) {}

    List<ConnectedAccount> of(UUID user) {
        return query("list-accounts")
                .bind("user", user)
                .mapTo(ConnectedAccount.class)
                .list();
    }

    /** Until the end of the transaction nobody else can connect an account of this provider. */
    void lock(String provider) {
        query("lock-account").bind("provider", provider).mapTo(String.class).list();
    }

    Optional<UUID> owner(String provider, String account) {
        return query("find-account-owner")
                .bind("provider", provider)
                .bind("account", account)
                .mapTo(UUID.class)
                .findOne();
    }

    void put(UUID user, String provider, String account) {
        update("put-account")
                .bind("user", user)
                .bind("provider", provider)
                .bind("account", account)
                .execute();
    }

    boolean delete(UUID user, String provider) {
        return updateText(
                                "DELETE FROM connected_account WHERE tenancy_id = :tenant AND user_id = :user AND provider = :provider")
                        .bind("user", user)
                        .bind("provider", provider)
                        .execute()
                == 1;
    }
}
