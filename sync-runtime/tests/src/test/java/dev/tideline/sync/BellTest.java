package dev.tideline.sync;

import dev.tideline.sync.loop.Doorbell;
import org.junit.jupiter.api.Test;

/** Capture rings only for somebody who sleeps: each ring slows the application's commit. */
class BellTest {

    private static final String LEFT =
            "SELECT greatest(0, last_value - extract(epoch FROM clock_timestamp())) FROM tideline.doorbell";

    private static final String RINGS = "SELECT (" + LEFT + ") > 0";

    @Test
    void nobody_rings_for_a_runtime_that_has_stopped() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime runtime = scenario.run();
            Rows.of(scenario.source(), RINGS).become("t");

            runtime.close();

            Rows.of(scenario.source(), RINGS).become("f");
        }
    }

    @Test
    void nobody_rings_for_a_sequencer_that_is_paused() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.source(), RINGS).become("t");

            scenario.source().execute("INSERT INTO tideline.fuse VALUES ('sequencer', false)");
            Rows.of(scenario.source(), RINGS).become("f");

            scenario.source().execute("DELETE FROM tideline.fuse");
            Rows.of(scenario.source(), RINGS).become("t");
        }
    }

    @Test
    void somebody_who_sleeps_for_long_is_rung_all_the_time_and_one_that_was_killed_only_for_a_while() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.source(), RINGS).become("t");
            String asked = scenario.source().value("SELECT last_value FROM tideline.doorbell");

            Rows.of(scenario.source(), "SELECT last_value > " + asked + " FROM tideline.doorbell")
                    .become("t");

            Rows.of(scenario.source(), "SELECT (" + LEFT + ") <= " + Doorbell.RUNG_FOR.toSeconds())
                    .become("t");
        }
    }
}
