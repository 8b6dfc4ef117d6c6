package dev.tideline.sync;

import org.junit.jupiter.api.Test;

/** Capture rings only for somebody who sleeps: each ring slows the application's commit. */
class BellTest {

    /** 2: capture rings. */
    private static final String BELL = "SELECT last_value FROM tideline.doorbell";

    @Test
    void nobody_rings_for_a_runtime_that_has_stopped() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime runtime = scenario.run();
            Rows.of(scenario.source(), BELL).become("2");

            runtime.close();

            Rows.of(scenario.source(), BELL).become("1");
        }
    }

    @Test
    void nobody_rings_for_a_sequencer_that_is_paused() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.source(), BELL).become("2");

            scenario.source().execute("INSERT INTO tideline.fuse VALUES ('sequencer', false)");
            Rows.of(scenario.source(), BELL).become("1");

            scenario.source().execute("DELETE FROM tideline.fuse");
            Rows.of(scenario.source(), BELL).become("2");
        }
    }
}
