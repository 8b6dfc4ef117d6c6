package dev.tideline.sync.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Installation;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.loop.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL for the runtime, the source or the targets' server, under load and at moments that nobody chose.
 * {@code -Dtideline.kills=100} says how often, {@code -Dtideline.kills.seed} in what order.
 */
class KillTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> TABLES = List.of("account", "entry");

    @TempDir
    Path folder;

    private final List<TestDatabase> targets = new ArrayList<>();
    private final Map<String, Long> cursors = new HashMap<>();

    @Test
    void nothing_is_lost_and_nothing_left_over_whoever_is_killed() throws Exception {
        int kills = Integer.getInteger("tideline.kills", 4);
        long seed = Long.getLong("tideline.kills.seed", new Random().nextInt(1_000_000));
        System.out.println(kills + " kills, -Dtideline.kills.seed=" + seed);
        Random random = new Random(seed);
        try (KillableServer sourceServer = new KillableServer(folder.resolve("source"), Map.of());
                KillableServer targetServer = new KillableServer(folder.resolve("target"), Map.of())) {
            TestDatabase source = sourceServer.create("app");
            Path config = prepare(source, targetServer);
            try (CommandLineProcess runtime = new CommandLineProcess(config, folder.resolve("run.log"))) {
                try (Writers writers = new Writers(source, 3, seed)) {
                    for (int kill = 0; kill < kills; kill++) {
                        long until = writers.committed() + 20 + random.nextInt(400);
                        await("the application goes on after kill " + kill, () -> writers.committed() >= until);
                        switch (random.nextInt(4)) {
                            case 0 -> sourceServer.killAndStart();
                            case 1 -> targetServer.killAndStart();
                            default -> runtime.killAndStart();
                        }
                        noCursorWentBack();
                    }
                }
                await("every target has what the source has", () -> {
                    assertThat(runtime.isAlive()).as(runtime.log()).isTrue();
                    noCursorWentBack();
                    return differences(source).isEmpty();
                });
            } catch (AssertionError e) {
                throw new AssertionError(
                        e.getMessage() + "\n" + differences(source) + "\n"
                                + Files.readString(folder.resolve("run.log")),
                        e);
            }
        }
    }

    private Path prepare(TestDatabase source, KillableServer targetServer) throws Exception {
        source.execute("""
                CREATE TABLE tenancy (id int PRIMARY KEY);
                INSERT INTO tenancy SELECT generate_series(0, 2);
                CREATE TABLE account (id int PRIMARY KEY, tenant int NOT NULL, balance int NOT NULL);
                INSERT INTO account SELECT i, i % 3, 0 FROM generate_series(0, 320) i;
                CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant int NOT NULL,
                    account int NOT NULL, text text);
                CREATE INDEX ON entry (account);
                """);
        StringBuilder list = new StringBuilder();
        for (int tenant = 0; tenant < Writers.TENANTS; tenant++) {
            TestDatabase target = targetServer.create("external_" + tenant);
            targets.add(target);
            list.append("    - { tenant: \"" + tenant + "\", name: main, url: \"" + target.url() + "\" }\n");
        }
        Path file = Files.writeString(
                folder.resolve("tideline.yaml"),
                "source: { url: \"" + source.url() + "\" }\ntenants: { table: tenancy, key: id }\nmappings:\n"
                        + "  accounts: { table: account, tenant: tenant, key: id, target: account }\n"
                        + "  entries: { table: entry, tenant: tenant, key: id, target: entry }\n"
                        + "external_databases:\n  list:\n" + list + "sync: { batch_size: 50 }\n");
        SyncConfig config = SyncConfigLoader.load(file, name -> null, () -> 8101);
        Installation.install(config, line -> {});
        return file;
    }

    private static void await(String what, Await.Condition condition) throws Exception {
        assertThat(Await.until(condition, Duration.ofMillis(10), LIMIT))
                .as(what)
                .isTrue();
    }

    private void noCursorWentBack() {
        for (TestDatabase target : targets) {
            if (target.value("SELECT to_regclass('tideline_sync_metadata') IS NULL")
                    .equals("t")) {
                continue;
            }
            target.rows("SELECT mapping_name, last_synced_sequence_id FROM tideline_sync_metadata")
                    .forEach(row -> {
                        long now = Long.parseLong(row.get(1));
                        Long before = cursors.put(target.name() + "/" + row.get(0), now);
                        assertThat(now)
                                .as("cursor of %s", row.get(0))
                                .isGreaterThanOrEqualTo(before == null ? -1 : before);
                    });
        }
    }

    /** Whole tables against whole tables. */
    private List<String> differences(TestDatabase source) {
        List<String> differences = new ArrayList<>();
        for (int tenant = 0; tenant < targets.size(); tenant++) {
            for (String table : TABLES) {
                TestDatabase target = targets.get(tenant);
                boolean there = target.value("SELECT to_regclass('" + table + "') IS NOT NULL")
                        .equals("t");
                var expected = source.rows("SELECT * FROM " + table + " WHERE tenant = " + tenant + " ORDER BY id");
                var found = there ? target.rows("SELECT * FROM " + table + " ORDER BY id") : List.<List<String>>of();
                if (!found.equals(expected)) {
                    differences.add(target.name() + "." + table + " has " + found.size() + " rows, the source "
                            + expected.size());
                }
            }
        }
        return differences;
    }
}
