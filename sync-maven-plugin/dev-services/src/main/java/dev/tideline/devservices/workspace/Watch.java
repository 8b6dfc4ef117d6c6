package dev.tideline.devservices.workspace;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.service.ServiceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Watches services that somebody runs in the foreground. */
public record Watch(List<ServiceRecord> started, DevServices services) {

    private static final int TAIL_LINES = 20;
    private static final Duration PACE = Duration.ofMillis(500);

    /** A stop ends the process before it removes the record. */
    private static final Duration A_STOP = Duration.ofSeconds(5);

    /**
     * Returns when there is no more reason to stay, with the reason for people.
     *
     * @throws DevServicesException if a service has died
     */
    public String untilOver() {
        return Poll.forever(PACE, this::end).orElse("Interrupted.");
    }

    private Optional<String> end() {
        List<ServiceRecord> known = services.known();
        for (ServiceRecord service : started) {
            Optional<ServiceRecord> now = known.stream()
                    .filter(record -> record.token().equals(service.token()))
                    .findFirst();
            if (now.isEmpty()) {
                return Optional.of(service.service() + " was stopped by somebody else.");
            }
            // Looked up again last: a restart that has just ended has recorded another process.
            if (!services.isAlive(now.get())
                    && !services.isPaused(service.service())
                    && !Poll.untilTrue(A_STOP, () -> !services.known().contains(now.get()))) {
                throw new DevServicesException(service.service() + " has died: " + services.absence(service)
                        + ". End of its log:\n  " + String.join("\n  ", services.tail(service, TAIL_LINES)));
            }
        }
        return Optional.empty();
    }
}
