package dev.tideline.sync.error;

import dev.tideline.sync.config.Excerpt;
import dev.tideline.sync.config.Problem;

/**
 * A failure while syncing. Names tenant, target and mapping as far as they are known, and keeps the cause and
 * suppressed exceptions. Never contains a secret.
 */
public class SyncException extends RuntimeException {

    /** The subject of a failure; unknown parts are empty strings. */
    public record Subject(String tenant, String target, String mapping) implements java.io.Serializable {

        public static final Subject NONE = new Subject("", "", "");

        private String prefix() {
            StringBuilder text = new StringBuilder();
            if (!tenant.isEmpty()) {
                text.append("tenant ").append(tenant);
            }
            if (!target.isEmpty()) {
                text.append(text.isEmpty() ? "" : ", ").append("target ").append(target);
            }
            if (!mapping.isEmpty()) {
                text.append(text.isEmpty() ? "" : ", ").append("mapping ").append(mapping);
            }
            return text.isEmpty() ? "" : Problem.printable(text.append(": ").toString());
        }
    }

    private final Subject subject;

    public SyncException(Subject subject, String message, Throwable cause) {
        super(subject.prefix() + Excerpt.of(message), cause);
        this.subject = subject;
    }

    public SyncException(String message, Throwable cause) {
        this(Subject.NONE, message, cause);
    }

    public SyncException(String message) {
        this(Subject.NONE, message, null);
    }

    public Subject subject() {
        return subject;
    }
}
