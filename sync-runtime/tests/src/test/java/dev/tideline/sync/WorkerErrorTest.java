package dev.tideline.sync;

import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WorkerErrorTest {

    @Test
    void a_request_whose_worker_ran_out_of_memory_is_tried_again() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            AtomicBoolean failed = new AtomicBoolean();
            SyncListener failsOnce = new SyncListener() {
                @Override
                public void copyStarted(ExternalDatabase target, Mapping mapping) {
                    if (failed.compareAndSet(false, true)) {
                        throw new OutOfMemoryError("as a test");
                    }
                }
            };
            try (SyncRuntime runtime = SyncRuntime.start(scenario.config(), failsOnce)) {
                Rows.of(scenario.target(), "SELECT display_name FROM users").become("Ada");
            }
        }
    }
}
