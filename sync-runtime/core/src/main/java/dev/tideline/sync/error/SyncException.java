package dev.tideline.sync.error;

import dev.tideline.sync.config.Excerpt;
import dev.tideline.sync.config.Problem;

/**
 * What goes wrong while syncing. Carries what it was about, as far as that is known; the cause and all that was
 * suppressed are kept. Never holds a secret.
 */
public class SyncException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a failure was about; empty strings where that is not known. */
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
