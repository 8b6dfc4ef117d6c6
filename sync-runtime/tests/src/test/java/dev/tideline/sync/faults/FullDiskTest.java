package dev.tideline.sync.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.kill.KillableServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the right to mount a file system (root); is skipped without. */
class FullDiskTest {

    private static final String FINGERPRINT = "SELECT count(*), sum(hashtextextended(id || display_name, 0)) FROM ";

    @TempDir
    Path folder;

    @Test
    void a_target_whose_disk_is_full_says_so_parks_nothing_and_goes_on_once_there_is_room() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), 24);
        assumeTrue(mounted.isPresent(), "no file system can be mounted here");
        try (SmallDisk disk = mounted.get();
                KillableServer server = new KillableServer(folder.resolve("data"), Map.of());
                SyncScenario scenario = SyncScenario.users()) {
            TestDatabase full = server.create("small");
            server.create("other")
                    .execute(
                            "CREATE TABLESPACE small LOCATION '" + disk.folder() + "'",
                            "ALTER DATABASE small SET TABLESPACE small");
            TestDatabase roomy = scenario.target();
            scenario.moveTargets("1", "full", full.url());
            scenario.addTarget("2", "roomy", roomy.url());
            scenario.source()
                    .execute(
                            "INSERT INTO project_user SELECT 1, i, repeat(md5(i::text), 30)"
                                    + " FROM generate_series(1, 20000) i",
                            "INSERT INTO project_user VALUES (2, 0, 'Ada')");
            scenario.install();
            scenario.run();

            Rows.of(
                            scenario.source(),
                            "SELECT target FROM tideline.target_state"
                                    + " WHERE error LIKE '%: ERROR: could not extend file%: No space left on device'")
                    .become("full");
            scenario.source().execute("UPDATE project_user SET display_name = 'Eve' WHERE id = 0");
            Rows.of(roomy, "SELECT display_name FROM users").become("Eve");

            disk.resize(200);
            Rows.of(full, FINGERPRINT + "users")
                    .become(Rows.of(scenario.source(), FINGERPRINT + "project_user WHERE tenancy_id = 1")
                            .now()
                            .get(0));
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("0");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.parked_row")
                    .become("0");
        }
    }
}
