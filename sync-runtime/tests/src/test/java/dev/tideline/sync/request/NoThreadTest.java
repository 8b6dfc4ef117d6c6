package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.dispatch.Poller;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The machine gives no thread for a request that was claimed: it waits for a moment, and takes no place for good. An error
 * of this kind that nobody catches is turned into a failed assertion, because JUnit would end its JVM.
 */
class NoThreadTest {

    private static final String ERROR = "no thread could be started: unable to create native thread";

    /** Gives none at first. */
    private static ThreadFactory after(int failures) {
        AtomicInteger asked = new AtomicInteger();
        return task -> new Thread(task) {
            {
                setDaemon(true);
            }

            @Override
            public void start() {
                if (asked.incrementAndGet() <= failures) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        };
    }

    @Test
    void a_tenants_request_is_posted_once_there_is_a_thread() throws Exception {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source()
                    .execute("INSERT INTO tideline.outgoing_request (kind, tenant, deduplication_key)"
                            + " VALUES ('sync', '1', 's1')");
            try (SourceDatabase source = scenario.openSource()) {
                long layout = Long.parseLong(scenario.source().value("SELECT version FROM tideline.layout"));
                RequestStore requests = new RequestStore(source);
                try (HttpDispatch dispatch = new HttpDispatch(
                        receiver.url(),
                        SigningSecrets.of(List.of(Receiver.SECRET)),
                        requests,
                        () -> {},
                        Tracing.NONE,
                        after(1))) {
                    Poller poller = new Poller(
                            requests,
                            scenario.config().poller(),
                            Claimant.random().text(),
                            () -> layout,
                            dispatch,
                            Tracing.NONE);
                    assertThatCode(poller::runOnce).doesNotThrowAnyException();
                    assertThat(dispatch.idle()).isTrue();
                    assertThat(Rows.of(
                                            scenario.source(),
                                            "SELECT claimed_by, last_error FROM ONLY tideline.outgoing_request")
                                    .now())
                            .containsExactly("NULL|" + ERROR);
                    await("it is posted").atMost(Duration.ofSeconds(30)).until(() -> {
                        poller.runOnce();
                        return receiver.all().size() == 1;
                    });
                }
            }
        }
    }

    @Test
    void an_outgoing_request_is_sent_once_there_is_a_thread() throws Exception {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("requests: { allow_private: true, secret: " + Receiver.SECRET + " }");
            scenario.install();
            scenario.source().execute("SELECT tideline.enqueue_request('" + receiver.url() + "')");
            try (SourceDatabase source = scenario.openSource();
                    Connection connection = source.connection();
                    OutgoingRequestHandler handler = new OutgoingRequestHandler(
                            source,
                            scenario.config().requests(),
                            Senders.of(scenario.config(), connection),
                            Claimant.random().text(),
                            new Signal(),
                            Tracing.NONE,
                            after(1))) {
                assertThatCode(handler::runOnce).doesNotThrowAnyException();
                handler.runOnce();
                assertThat(handler.idle()).isTrue();
                assertThat(Rows.of(
                                        scenario.source(),
                                        "SELECT lease_until IS NULL, dead, last_error FROM tideline.http_request")
                                .now())
                        .containsExactly("t|f|" + ERROR);
                await("it is sent").atMost(Duration.ofSeconds(30)).until(() -> {
                    handler.runOnce();
                    return receiver.all().size() == 1;
                });
            }
        }
    }
}
