package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.service.ServiceRecord;
import java.util.List;

/**
 * How a service is.
 *
 * @param record what is written down about it
 * @param state how it is
 * @param users for whom it runs
 * @param detail the state in words: why it is not ready, if it is not
 */
public record ServiceStatus(ServiceRecord record, State state, List<String> users, String detail) {

    /** @return service, state, version, ports, process and users, as one line for people */
    public String inWords() {
        String pid = record.handle().isPresent() ? ", pid " + record.handle().getAsLong() : "";
        return record.service() + ": " + detail + ", " + record.version() + " on " + record.portsInWords() + " ("
                + record.provider() + pid + "), for " + (users.isEmpty() ? "nobody" : String.join(", ", users));
    }

    /** How a service can be. */
    public enum State {
        /** Its process runs and it answers. */
        READY("ready"),
        /** Its process runs, but it does not answer. */
        SILENT("does not answer"),
        /** Its process is gone. */
        GONE("its process is gone");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** @return the state in words */
        public String words() {
            return words;
        }
    }
}
