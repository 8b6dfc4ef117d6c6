package dev.tideline.directory.channels;

import dev.tideline.directory.database.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Verification codes, hashed: one for a channel, the last one that was sent. */
final class CodeStore extends Store {

    static final int ATTEMPTS = 5;

    CodeStore(Handle handle, String tenant) {
        super(handle, tenant);
    }

    void put(UUID channel, String hash, Duration validity) {
        update("put-code")
                .bind("channel", channel)
                .bind("hash", hash)
                .bind("attempts", ATTEMPTS)
                .bind("seconds", validity.toSeconds())
                .execute();
    }

    /** Uses up one attempt. @return the hash; empty if there is no code, or it has expired, or has no attempt left */
    Optional<String> attempt(UUID channel) {
        return query("attempt-code")
                .bind("channel", channel)
                .mapTo(String.class)
                .findOne();
    }

    /** If several have the right code, one gets true. */
    boolean remove(UUID channel, String hash) {
        return updateText(
                                "DELETE FROM verification_code WHERE tenancy_id = :tenant AND channel_id = :channel AND code_hash = :hash")
                        .bind("channel", channel)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }
}
