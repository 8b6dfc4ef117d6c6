package dev.tideline.directory.passwords;

import dev.tideline.directory.database.Store;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The hashes of passwords. */
public final class PasswordStore extends Store {

    public PasswordStore(Handle handle, String tenant) {
        super(handle, tenant);
    }

    public void set(UUID user, String hash) {
        update("set-password").bind("user", user).bind("hash", hash).execute();
    }

    public Optional<String> hashOf(UUID user) {
        return queryText("SELECT password_hash FROM password_credential WHERE tenancy_id = :tenant AND user_id = :user")
                .bind("user", user)
                .mapTo(String.class)
                .findOne();
    }
}
