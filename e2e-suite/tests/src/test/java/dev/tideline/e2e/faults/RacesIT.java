package dev.tideline.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.Together;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Pipeline;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.ExternalDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class RacesIT {

    private static final String ROWS = "SELECT count(*) || ' ' || md5(string_agg(id || name, ' ' ORDER BY id)) FROM ";

    @Test
    void sixteenTriggersOfOneTenantAtOnceGiveOneConsistentExport(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing SELECT 'acme', n, 'new' FROM generate_series(1, 200) n");
            Together.times(16, client -> {
                for (int i = 0; i < 5; i++) {
                    pipeline.run("UPDATE thing SET name = '" + client + "-" + i + "' WHERE id % 16 = " + client);
                    pipeline.admin("POST", "/api/v1/tenants/acme/sync", "{}");
                }
            });
            Sql.await(acme.url(), ROWS + "things", Sql.value(pipeline.source(), ROWS + "thing"));
            assertThat(Sql.value(acme.url(), "SELECT count(*) FROM things WHERE name LIKE '%-4'"))
                    .isEqualTo("200");
        }
    }

    @Test
    void anUncommittedUpdateIsNotExportedWhileALaterCommittedOneIs(Followed acme, Suite suite) throws Exception {
        UUID early = acme.tenant().user("early");
        UUID late = acme.tenant().user("late");
        acme.awaitRow("users", early, Map.of());
        acme.awaitRow("users", late, Map.of());
        try (Connection open = Sql.connect(suite.sourceUrl());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("UPDATE project_user SET display_name = 'uncommitted' WHERE id = '" + early + "'");
            Sql.run(suite.sourceUrl(), "UPDATE project_user SET display_name = 'committed' WHERE id = '" + late + "'");
            acme.awaitRow("users", late, Map.of("display_name", "committed"));
            Eventually.await("the uncommitted update stays away")
                    .during(Duration.ofMillis(300))
                    .always(() -> acme.column("SELECT display_name FROM users WHERE id = '" + early + "'")
                            .equals(List.of("early")));
            open.commit();
        }
        acme.awaitRow("users", early, Map.of("display_name", "uncommitted"));
    }

    @Test
    void whatIsRolledBackNeverArrives(Followed acme, Suite suite) throws Exception {
        UUID ada = acme.tenant().user("Ada");
        acme.awaitRow("users", ada, Map.of());
        try (Connection open = Sql.connect(suite.sourceUrl());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("DELETE FROM project_user WHERE id = '" + ada + "'");
            open.rollback();
        }
        UUID eve = acme.tenant().user("Eve");
        acme.awaitRow("users", eve, Map.of());
        acme.awaitRow("users", ada, Map.of("display_name", "Ada"));
    }

    @Test
    void twoRuntimesOnOneSourceGiveOneExportAndOneTakesOverFromTheOther(Suite suite, ExternalDatabase acme)
            throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite);
                SyncRuntime second = pipeline.startAnother()) {
            assertThat(second.config()).isNotNull();
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing SELECT 'acme', n, 'new' FROM generate_series(1, 400) n");
            Together.times(4, writer -> {
                for (int i = 0; i < 25; i++) {
                    pipeline.run("UPDATE thing SET name = '" + writer + "-" + i + "' WHERE id % 4 = " + writer);
                }
            });
            Sql.await(acme.url(), ROWS + "things", Sql.value(pipeline.source(), ROWS + "thing"));
            pipeline.stop();
            pipeline.run("UPDATE thing SET name = 'by the second'");
            Sql.await(acme.url(), "SELECT DISTINCT name FROM things", "by the second");
        }
    }
}
