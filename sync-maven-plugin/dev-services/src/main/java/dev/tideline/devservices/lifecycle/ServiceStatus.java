package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.service.ServiceRecord;
import java.util.List;

/**
 * The status of a service.
 *
 * @param users in words
 * @param detail the state in words, with the reason if it is not ready
 */
public record ServiceStatus(ServiceRecord record, State state, List<String> users, String detail) {

    /** Service, state, version, ports, process and users on one line. */
    public String inWords() {
        String pid = record.handle().isPresent() ? ", pid " + record.handle().getAsLong() : "";
        return record.service() + ": " + detail + ", " + record.version() + " on " + record.portsInWords() + " ("
                + record.provider() + pid + "), for " + (users.isEmpty() ? "nobody" : String.join(", ", users));
    }

    public enum State {
        /** Its process runs and it answers. */
        READY("ready"),
        /** Its process runs, but it does not answer. */
        SILENT("does not answer"),
        GONE("its process is gone");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
