package dev.tideline.directory.passwords;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.ApiException;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Limits how often something may be tried. Counted in the database, and thus across all processes of the app; in a
 * separate transaction, so that a failed try counts. Safe for use by many threads.
 */
public record RateLimit(Database database) {

    /** What is limited, for each subject: the number of tries within a time. */
    public enum Action {
        /** By address. */
        SIGN_IN(10, Duration.ofMinutes(10)),
        /** By contact channel. */
        SEND_CODE(5, Duration.ofMinutes(10)),
        /** By invitation. */
        ACCEPT_INVITATION(10, Duration.ofMinutes(10));

        final int most;
        final Duration window;

        Action(int most, Duration window) {
            this.most = most;
            this.window = window;
        }
    }

    /** Counts one try. @throws ApiException 429 if the limit is exceeded, with the seconds until the next one */
    public void count(String tenant, Action action, String subject) {
        int uses = database.inTransaction(handle -> new Uses(handle, tenant).next(action, subject));
        if (uses > action.most) {
            throw new ApiException(
                    429,
                    "TOO_MANY_ATTEMPTS",
                    "This was tried too often; try again later",
                    Map.of("retry_after_seconds", action.window.toSeconds()));
        }
    }

    private static final class Uses extends Store {

        Uses(Handle handle, String tenant) {
            super(handle, tenant);
        }

        int next(Action action, String subject) {
            return query("count-use")
                    .bind("action", action.name())
                    .bind("subject", subject)
                    .bind("seconds", action.window.toSeconds())
                    .mapTo(Integer.class)
                    .one();
        }
    }
}
