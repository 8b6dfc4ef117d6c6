package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.browser.DrivenChromium;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.kill.CommandLineProcess;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A runtime and a browser that shows its dashboard keep nothing of the changes that have passed: what is left after a
 * collection is the same after a fifth of them and after all. The long form ({@code mvn -Pmodel verify}) has 100,000.
 */
@ResourceLock("chromium")
class FlatHeapTest {

    private static final int EVENTS = Integer.getInteger("tideline.heap.events", 5_000);
    private static final double GROWTH = 1.1;

    @TempDir
    private Path folder;

    @Test
    void heaps_do_not_grow_with_what_has_passed() throws Exception {
        int port = ReservedPort.next();
        try (DrivenChromium chromium = DrivenChromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("admin: { port: " + port + ", token: " + Api.TOKEN + " }");
            scenario.install();
            Path config = Files.writeString(folder.resolve("tideline.yaml"), scenario.yaml());
            try (CommandLineProcess runtime = new CommandLineProcess(config, folder.resolve("run.log"))) {
                Rows.of(scenario.target(), "SELECT count(*) FROM users").become("0");
                await("the dashboard is served")
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .untilAsserted(() -> new Socket("127.0.0.1", port).close());
                try (Person person = Person.at(chromium.newContext(), "http://127.0.0.1:" + port)) {
                    person.opens("#/overview");
                    change(scenario, person, EVENTS / 5);
                    long server = liveBytes(runtime.pid());
                    long browser = person.heap();
                    change(scenario, person, EVENTS - EVENTS / 5);
                    System.out.printf(
                            "heap after %d and %d changes: server %.1f and %.1f MB, browser %.1f and %.1f MB%n",
                            EVENTS / 5,
                            EVENTS,
                            server / 1e6,
                            liveBytes(runtime.pid()) / 1e6,
                            browser / 1e6,
                            person.heap() / 1e6);
                    assertThat(liveBytes(runtime.pid())).as("server").isLessThan((long) (server * GROWTH));
                    assertThat(person.heap()).as("browser").isLessThan((long) (browser * GROWTH));
                }
            }
        }
    }

    private int changed;

    /** Transactions of a change each, as an application makes them, until all show. */
    private void change(SyncScenario scenario, Person person, int changes) {
        changed += changes;
        scenario.source()
                .execute("DO $$ BEGIN FOR i IN 1.." + changes
                        + " LOOP INSERT INTO project_user VALUES (1, i % 1000, 'x')"
                        + " ON CONFLICT (id) DO UPDATE SET display_name = 'x' || i; COMMIT; END LOOP; END $$");
        Rows.of(scenario.source(), "SELECT sum(changes) FROM tideline.sequenced_figures")
                .become(String.valueOf(changed));
        Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                .become("0");
        person.readsInHeadline("All is well.");
    }

    /** Of objects that are reachable; the histogram collects the others first. */
    private static long liveBytes(long pid) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(printed);
        assertThat(total.find()).as(printed).isTrue();
        return Long.parseLong(total.group(1));
    }
}
