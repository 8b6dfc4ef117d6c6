package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TcpProxy;
import dev.tideline.sync.TcpProxy.Mode;
import dev.tideline.sync.kill.CommandLineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspendedRuntimeTest {

    @TempDir
    Path folder;

    @Test
    void a_runtime_that_is_stopped_with_a_fetched_batch_and_goes_on_after_another_overtook_it_brings_nothing_back()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.users();
                TcpProxy proxy = new TcpProxy(scenario.target().port())) {
            scenario.settings("poller: { lease: 2s }");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'first', false)");
            scenario.install();
            Path direct = Files.writeString(folder.resolve("direct.yaml"), scenario.yaml());
            scenario.moveTargets("1", "main", proxy.url(scenario.target()));
            Path proxied = Files.writeString(folder.resolve("proxied.yaml"), scenario.yaml());
            Rows history = Rows.of(scenario.target(), "SELECT display_name FROM history ORDER BY at");
            try (CommandLineProcess suspended = new CommandLineProcess(proxied, folder.resolve("suspended.log"))) {
                Rows.of(scenario.target(), "SELECT display_name FROM users").become("first");
                Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                        .become("0");
                keepHistory(scenario);

                // The batch is read before its first word to the target, which does not arrive.
                proxy.hangAfter(0);
                scenario.source().execute("UPDATE project_user SET display_name = 'old'");
                awaitHanging(proxy);
                suspended.suspend();
                scenario.source().execute("UPDATE project_user SET display_name = 'new'");
                try (CommandLineProcess other = new CommandLineProcess(direct, folder.resolve("other.log"))) {
                    history.become("new");
                    assertThat(other.isAlive()).isTrue();
                }

                proxy.set(Mode.PASS);
                suspended.resume();
                scenario.source().execute("UPDATE project_user SET display_name = 'newest'");
                history.become("new", "newest");
            }
        }
    }

    private static void keepHistory(SyncScenario scenario) {
        scenario.target()
                .execute(
                        "CREATE TABLE history (at bigint GENERATED ALWAYS AS IDENTITY, display_name text)",
                        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " INSERT INTO history (display_name) VALUES (NEW.display_name); RETURN NULL; END $$",
                        "CREATE TRIGGER note AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note()");
    }

    private static void awaitHanging(TcpProxy proxy) {
        Awaitility.await("the batch is on its way")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(proxy::hangs);
    }
}
