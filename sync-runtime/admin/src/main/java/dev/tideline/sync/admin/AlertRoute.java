package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.request.AlertTrial;
import dev.tideline.sync.request.Outcome;
import io.javalin.config.RoutesConfig;
import java.util.List;

/** Calls the receivers of alerts, to see whether they answer. */
final class AlertRoute {

    /** Each waits for receivers, one after the other. */
    static final int AT_ONCE = 1;

    private final SyncOperations operations;
    private final Places places = new Places(AT_ONCE, "The alerts are being tested.");

    AlertRoute(SyncOperations operations) {
        this.operations = operations;
    }

    /**
     * @param status of its answer; null if there was none
     * @param error null if it accepted the alert
     */
    private record Receiver(String host, boolean delivered, Integer status, long tookMs, String error) {

        static Receiver of(AlertTrial.Answer answer) {
            Outcome outcome = answer.outcome();
            return new Receiver(
                    answer.host(),
                    outcome.delivered(),
                    outcome.status().orElse(null),
                    outcome.took().toMillis(),
                    outcome.error().orElse(null));
        }
    }

    private record Receivers(List<Receiver> receivers) {}

    void add(RoutesConfig routes) {
        routes.post(
                "/api/v1/alerts/test",
                places.bounded(ctx -> Json.answer(
                        ctx,
                        new Receivers(operations.alertTest().stream()
                                .map(Receiver::of)
                                .toList()))));
    }
}
