package dev.tideline.sync.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Writers} write to: accounts and entries of a few tenants, each with an external database; with a
 * configuration in a file, installed. Compares the two sides. Used by one thread.
 */
public final class Bank {

    private static final List<String> TABLES = List.of("account", "entry");

    private final TestDatabase source;
    private final List<TestDatabase> targets = new ArrayList<>();
    private final Map<String, Long> cursors = new HashMap<>();
    private final Path config;

    private Bank(TestDatabase source, Path config) {
        this.source = source;
        this.config = config;
    }

    /** @param folder gets the configuration */
    public static Bank open(KillableServer sourceServer, KillableServer targetServer, Path folder) throws IOException {
        Bank bank = new Bank(sourceServer.create("app"), folder.resolve("tideline.yaml"));
        bank.source.execute("""
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
            bank.targets.add(target);
            list.append("    - { tenant: \"" + tenant + "\", name: main, url: \"" + target.url() + "\" }\n");
        }
        Files.writeString(
                bank.config,
                "source: { url: \"" + bank.source.url() + "\" }\ntenants: { table: tenancy, key: id }\nmappings:\n"
                        + "  accounts: { table: account, tenant: tenant, key: id, target: account }\n"
                        + "  entries: { table: entry, tenant: tenant, key: id, target: entry }\n"
                        + "external_databases:\n  list:\n" + list + "sync: { batch_size: 50 }\n"
                        // Nobody should have to wait for the end of a lease, whatever died.
                        + "poller: { lease: 10m }\n");
        SyncConfig config = SyncConfigLoader.load(bank.config, name -> null);
        Installation.install(config, line -> {});
        return bank;
    }

    public TestDatabase source() {
        return source;
    }

    public Path config() {
        return config;
    }

    /** Fails if a cursor of a target stands behind where it stood at the last look. */
    public void noCursorWentBack() {
        for (TestDatabase target : targets) {
            if (!there(target, "tideline_sync_metadata")) {
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

    /** Grows whenever something has arrived: the sum of all cursors. */
    public long progress() {
        return targets.stream()
                .filter(target -> there(target, "tideline_sync_metadata"))
                .mapToLong(target -> Long.parseLong(
                        target.value("SELECT coalesce(sum(last_synced_sequence_id), 0) FROM tideline_sync_metadata")))
                .sum();
    }

    /** Whole tables against whole tables. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (int tenant = 0; tenant < targets.size(); tenant++) {
            for (String table : TABLES) {
                TestDatabase target = targets.get(tenant);
                var expected = source.rows("SELECT * FROM " + table + " WHERE tenant = " + tenant + " ORDER BY id");
                var found = there(target, table)
                        ? target.rows("SELECT * FROM " + table + " ORDER BY id")
                        : List.<List<String>>of();
                if (!found.equals(expected)) {
                    differences.add(target.name() + "." + table + " has " + found.size() + " rows, the source "
                            + expected.size());
                }
            }
        }
        return differences;
    }

    private static boolean there(TestDatabase target, String table) {
        return target.value("SELECT to_regclass('" + table + "') IS NOT NULL").equals("t");
    }
}
