package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code dispatch: http}: tenants' requests go to an endpoint, and are done when it says so. */
class HttpDispatchTest {

    private static final String WAITING = "SELECT count(*) FROM ONLY tideline.outgoing_request";

    @Test
    void a_tenants_request_is_posted_until_it_is_answered_with_200() {
        AtomicInteger tries = new AtomicInteger();
        try (Receiver receiver = new Receiver()
                        .answering(
                                r -> Receiver.status(new int[] {500, 202, 200}[Math.min(2, tries.getAndIncrement())]));
                SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("dispatch: http\ndispatch_url: \"" + receiver.url() + "\"\nrequests: { secret: "
                    + Receiver.SECRET + " }");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada')");
            assertThat(receiver.await(3)).extracting(r -> r.body().toString()).containsOnly("{\"tenant\":\"1\"}");
            Rows.of(scenario.source(), WAITING).become("0");
            assertThat(scenario.target().value("SELECT to_regclass('users') IS NULL"))
                    .isEqualTo("t");
        }
    }
}
