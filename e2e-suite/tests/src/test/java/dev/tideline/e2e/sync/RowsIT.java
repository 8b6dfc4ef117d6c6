package dev.tideline.e2e.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Pipeline;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.ExternalDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in rows, and how many there are. */
@EndToEnd
class RowsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void textsArriveAsTheyAre(Followed acme) {
        for (String name : List.of(
                "👩‍👩‍👧 ⛵ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
                "'; DROP TABLE users; --",
                "\"quoted\" \\N \\. \\\\ %s {}",
                "שלום עולם \u202Eمرحبا",
                "e\u0301 and é are two")) {
            UUID user = acme.tenant().user(name);
            acme.awaitRow("users", user, Map.of("display_name", name));
        }
    }

    @Test
    void aNulInJsonArrives(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing VALUES ('acme', 1, 'x', '{\"a\": \"\\u0000\"}')");
            Sql.await(acme.url(), "SELECT extra FROM things", "{\"a\": \"\\u0000\"}");
        }
    }

    /** A batch has 5,000 rows. */
    static IntStream sizes() {
        return IntStream.of(200, 1_500, Integer.getInteger("tideline.rows", 20_000));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void rowsArriveAcrossBordersOfBatchesWithDeletesAtThem(int rows, Followed acme, Suite suite) throws Exception {
        String ofTenant = "tenancy_id = '" + acme.tenant().id() + "'";
        acme.await("SELECT count(*) FROM users", "0");
        Sql.run(
                suite.sourceUrl(),
                "INSERT INTO project_user (id, tenancy_id, display_name) SELECT gen_random_uuid(), '"
                        + acme.tenant().id() + "', n FROM generate_series(1, " + rows + ") n");
        Sql.run(
                suite.sourceUrl(),
                "DELETE FROM project_user WHERE " + ofTenant
                        + " AND (display_name::int % 5000 IN (0, 1) OR display_name = '" + rows + "')",
                "UPDATE project_user SET display_name = display_name || ' again' WHERE " + ofTenant
                        + " AND display_name::int % 5000 IN (2, 4999)");
        String expected = suite.column("SELECT " + fingerprint() + " FROM project_user r WHERE " + ofTenant)
                .get(0);
        Eventually.await("the target has the rows of the source")
                .atMost(PATIENCE)
                .until(
                        () -> acme.column("SELECT " + fingerprint() + " FROM users r")
                                .get(0),
                        expected,
                        expected::equals);
        assertThat(expected).startsWith((rows - rows / 5000 - (rows - 1) / 5000 - 1 - (rows % 5000 > 1 ? 1 : 0)) + " ");
    }

    private static String fingerprint() {
        return "count(*) || ' ' || md5(string_agg(r.id || r.display_name, ' ' ORDER BY r.id))";
    }

    @Test
    void repeatedSyncsWriteNothing(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing VALUES ('acme', 1, 'a'), ('acme', 2, 'b')");
            Sql.await(acme.url(), "SELECT name FROM things ORDER BY id", "a", "b");
            List<String> before = Sql.column(acme.url(), "SELECT xmin || ' ' || ctid FROM things ORDER BY id");
            for (String kind : List.of("sync", "sync", "resync")) {
                String job = "/api/v1/jobs/"
                        + pipeline.admin("POST", "/api/v1/tenants/acme/" + kind, "{}")
                                .get("id")
                                .asText();
                Eventually.await(kind + " is done")
                        .until(
                                () -> pipeline.admin("GET", job, null)
                                        .get("state")
                                        .asText(),
                                "done",
                                "done"::equals);
            }
            pipeline.run("UPDATE thing SET name = name", "INSERT INTO thing VALUES ('acme', 3, 'c')");
            Sql.await(acme.url(), "SELECT name FROM things ORDER BY id", "a", "b", "c");
            assertThat(Sql.column(acme.url(), "SELECT xmin || ' ' || ctid FROM things WHERE id < 3 ORDER BY id"))
                    .isEqualTo(before);
        }
    }

    @Test
    void aStopAtAnyBatchIsMadeUpForByTheNextStart(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.installed(suite, "sync: { batch_size: 20 }")) {
            pipeline.start();
            pipeline.addTenant("acme", acme);
            Sql.await(acme.url(), "SELECT count(*) FROM things", "0");
            pipeline.stop();
            pipeline.run("INSERT INTO thing SELECT 'acme', n, 'row ' || n FROM generate_series(1, 2000) n");
            String cursor = "SELECT coalesce(max(last_synced_sequence_id), 0) FROM tideline_sync_metadata";
            for (int stop = 0; stop < 3; stop++) {
                String before = Sql.value(acme.url(), cursor);
                pipeline.start();
                Eventually.await("another batch has arrived")
                        .atMost(PATIENCE)
                        .until(
                                () -> Sql.value(acme.url(), cursor),
                                "more than " + before,
                                now -> !now.equals(before) || everything(acme));
                pipeline.stop();
            }
            pipeline.start();
            Sql.await(acme.url(), "SELECT count(*) || ' ' || sum(id) FROM things", "2000 2001000");
        }
    }

    private static boolean everything(ExternalDatabase acme) {
        try {
            return Sql.value(acme.url(), "SELECT count(*) FROM things").equals("2000");
        } catch (java.sql.SQLException e) {
            return false;
        }
    }

    @Test
    void aColumnThatIsAddedToAMappingIsFilledForAllRows(Suite suite, ExternalDatabase acme) throws Exception {
        String mapping =
                "{ table: thing, tenant: tenant, key: id, target: things, select: 'SELECT r.id, r.name%s FROM thing r' }";
        try (Pipeline pipeline = Pipeline.installed(suite)) {
            pipeline.install(mapping.formatted(""), "");
            pipeline.start();
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing VALUES ('acme', 1, 'a'), ('acme', 2, 'b')");
            Sql.await(acme.url(), "SELECT name FROM things ORDER BY id", "a", "b");
            pipeline.stop();
            pipeline.install(mapping.formatted(", upper(r.name) AS loud"), "");
            pipeline.start();
            Sql.await(acme.url(), "SELECT loud FROM things ORDER BY id", "A", "B");
            pipeline.run("UPDATE thing SET name = 'c' WHERE id = 1");
            Sql.await(acme.url(), "SELECT name || loud FROM things ORDER BY id", "cC", "bB");
        }
    }
}
