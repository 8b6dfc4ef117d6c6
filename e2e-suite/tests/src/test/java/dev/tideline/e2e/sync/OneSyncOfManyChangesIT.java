package dev.tideline.e2e.sync;

import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Pipeline;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.ExternalDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows that change several times before they are synced. */
@EndToEnd
class OneSyncOfManyChangesIT {

    private static final String ROWS = "SELECT id || ' ' || name FROM things ORDER BY id";

    @Test
    void ofManyUpdatesTheLastOneWins(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = held(suite, acme, "INSERT INTO thing VALUES ('acme', 1, 'old')")) {
            Sql.await(acme.url(), ROWS, "1 old");
            pipeline.sequencer(false);
            for (int i = 1; i <= 20; i++) {
                pipeline.run("UPDATE thing SET name = 'version " + i + "'");
            }
            pipeline.sequencer(true);
            Sql.await(acme.url(), ROWS, "1 version 20");
        }
    }

    @Test
    void whatIsDeletedBeforeItsFirstSyncIsNeverExported(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = held(suite, acme, "INSERT INTO thing VALUES ('acme', 1, 'stays')")) {
            Sql.await(acme.url(), ROWS, "1 stays");
            pipeline.sequencer(false);
            pipeline.run(
                    "INSERT INTO thing VALUES ('acme', 2, 'goes')",
                    "DELETE FROM thing WHERE id = 2",
                    "INSERT INTO thing VALUES ('acme', 3, 'comes')");
            pipeline.sequencer(true);
            Sql.await(acme.url(), ROWS, "1 stays", "3 comes");
        }
    }

    @Test
    void aKeyThatIsDeletedAndMadeAgainHasItsNewRow(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = held(suite, acme, "INSERT INTO thing VALUES ('acme', 1, 'old', '{}')")) {
            Sql.await(acme.url(), ROWS, "1 old");
            pipeline.sequencer(false);
            pipeline.run("DELETE FROM thing", "INSERT INTO thing VALUES ('acme', 1, 'new')");
            pipeline.sequencer(true);
            Sql.await(acme.url(), "SELECT name || (extra IS NULL) FROM things", "newtrue");
        }
    }

    @Test
    void anAddressOfADeletedUserBelongsToTheOneWhoHasItNext(Followed acme) {
        String address = acme.tenant().address("ada");
        UUID first = acme.tenant().user("First", address);
        acme.await("SELECT id || ' ' || primary_email FROM users", first + " " + address);
        acme.server().delete("/users/" + first).expect(204);
        UUID second = acme.tenant().user("Second", address);
        acme.await("SELECT id || ' ' || primary_email FROM users", second + " " + address);
        acme.await("SELECT user_id FROM contact_channels", second.toString());
    }

    @Test
    void mixedOperationsInOddOrdersEndInTheExpectedSet(Suite suite, ExternalDatabase acme) throws Exception {
        long seed = Long.getLong("tideline.seed", System.nanoTime());
        System.out.println("mixed operations with -Dtideline.seed=" + seed);
        Random random = new Random(seed);
        TreeMap<Integer, String> expected = new TreeMap<>();
        try (Pipeline pipeline = held(suite, acme, "INSERT INTO thing VALUES ('acme', 0, 'first')")) {
            expected.put(0, "first");
            for (int round = 0; round < 3; round++) {
                pipeline.sequencer(false);
                List<String> operations = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    operations.add(operation(random, expected));
                }
                pipeline.run(operations.toArray(String[]::new));
                pipeline.sequencer(true);
                Sql.await(
                        acme.url(),
                        ROWS,
                        expected.entrySet().stream()
                                .map(row -> row.getKey() + " " + row.getValue())
                                .toArray(String[]::new));
            }
        }
    }

    private static String operation(Random random, TreeMap<Integer, String> expected) {
        int id = random.nextInt(15);
        String name = "n" + random.nextInt(1000);
        if (!expected.containsKey(id)) {
            expected.put(id, name);
            return "INSERT INTO thing VALUES ('acme', " + id + ", '" + name + "')";
        }
        if (random.nextInt(3) == 0) {
            expected.remove(id);
            return "DELETE FROM thing WHERE id = " + id;
        }
        int other = random.nextInt(15);
        if (random.nextInt(3) == 0 && !expected.containsKey(other)) {
            expected.put(other, expected.remove(id));
            return "UPDATE thing SET id = " + other + " WHERE id = " + id;
        }
        expected.put(id, name);
        return "UPDATE thing SET name = '" + name + "' WHERE id = " + id;
    }

    private static Pipeline held(Suite suite, ExternalDatabase acme, String row) throws Exception {
        Pipeline pipeline = Pipeline.running(suite);
        pipeline.addTenant("acme", acme);
        pipeline.run(row);
        Sql.await(acme.url(), "SELECT count(*) FROM things", "1");
        return pipeline;
    }
}
