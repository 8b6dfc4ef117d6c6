package dev.tideline.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Pipeline;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.ExternalDatabase;
import java.io.StringReader;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Changes at the source that are not an insert, an update or a delete of a row that a target takes. */
@EndToEnd
class SourceChangesIT {

    private static final String ROWS = "SELECT id || ' ' || name FROM things ORDER BY id";

    @Test
    void aTruncatedTableIsEmptyAtTheTargetToo(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = running(suite, acme)) {
            pipeline.run("TRUNCATE thing", "INSERT INTO thing VALUES ('acme', 3, 'c')");
            Sql.await(acme.url(), ROWS, "3 c");
        }
    }

    @Test
    void whatIsCopiedInArrives(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = running(suite, acme);
                Connection connection = Sql.connect(pipeline.source())) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY thing (tenant, id, name) FROM STDIN", new StringReader("acme\t3\tc\nacme\t4\td\n"));
            Sql.await(acme.url(), ROWS, "1 a", "2 b", "3 c", "4 d");
        }
    }

    @Test
    void aRowWhoseKeyChangesIsThereOnceUnderItsNewKey(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = running(suite, acme)) {
            pipeline.run("UPDATE thing SET id = 9 WHERE id = 1");
            Sql.await(acme.url(), ROWS, "2 b", "9 a");
        }
    }

    @Test
    void aRowThatMovesToAnotherTenantLeavesTheOneForTheOther(
            Suite suite, ExternalDatabase acme, ExternalDatabase globex) throws Exception {
        try (Pipeline pipeline = running(suite, acme)) {
            pipeline.addTenant("globex", globex);
            pipeline.run("UPDATE thing SET tenant = 'globex' WHERE id = 1");
            Sql.await(acme.url(), ROWS, "2 b");
            Sql.await(globex.url(), ROWS, "1 a");
        }
    }

    @Test
    void aRowThatTheTargetRefusesIsSetAsideAndTheOthersFlowUntilItIsRetried(Suite suite, ExternalDatabase acme)
            throws Exception {
        try (Pipeline pipeline = running(suite, acme)) {
            Sql.run(acme.url(), "ALTER TABLE things ADD CONSTRAINT no_poison CHECK (name <> 'poison')");
            pipeline.run("UPDATE thing SET name = CASE id WHEN 1 THEN 'poison' ELSE 'well' END");
            Sql.await(acme.url(), ROWS, "1 a", "2 well");
            Sql.await(pipeline.source(), "SELECT count(*) FROM tideline.parked_row", "1");
            JsonNode parked =
                    pipeline.admin("GET", "/api/v1/parked", null).get("rows").get(0);
            assertThat(parked.get("key").get(0).asText()).isEqualTo("1");
            assertThat(parked.get("error").asText()).contains("no_poison");
            Sql.run(acme.url(), "ALTER TABLE things DROP CONSTRAINT no_poison");
            assertThat(pipeline.admin(
                                    "POST", "/api/v1/parked/" + parked.get("id").asText() + "/retry", "{}")
                            .get("state")
                            .asText())
                    .isEqualTo("applied");
            Sql.await(acme.url(), ROWS, "1 poison", "2 well");
            Sql.await(pipeline.source(), "SELECT count(*) FROM tideline.parked_row", "0");
        }
    }

    private static Pipeline running(Suite suite, ExternalDatabase acme) throws Exception {
        Pipeline pipeline = Pipeline.running(suite);
        pipeline.addTenant("acme", acme);
        pipeline.run("INSERT INTO thing VALUES ('acme', 1, 'a'), ('acme', 2, 'b')");
        Sql.await(acme.url(), ROWS, "1 a", "2 b");
        return pipeline;
    }
}
