package dev.tideline.e2e.faults;

import static dev.tideline.directory.fixture.TestTenant.body;

import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.ExternalDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** External databases that stop, refuse and hang up. */
@EndToEnd
class TargetFaultsIT {

    private static final String NAMES = "SELECT display_name FROM users ORDER BY 1";

    @Test
    void whatChangesWhileTheTargetIsDownArrivesOnceItIsBack(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        acme.await(NAMES, "Ada");
        acme.database().stop();
        rename(acme, ada, "Countess");
        acme.database().restart();
        acme.await(NAMES, "Countess");
    }

    @Test
    void whatChangesWhileTheTargetIsReadOnlyArrivesOnceItIsWritable(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        acme.await(NAMES, "Ada");
        acme.database().readOnly();
        rename(acme, ada, "Countess");
        acme.probe().expectNoRow("users", Map.of("display_name", "Countess"), Duration.ofMillis(400));
        acme.database().writable();
        acme.await(NAMES, "Countess");
    }

    @Test
    void aNewPasswordIsUsedAsSoonAsTheAddressHasIt(Suite suite, TestTenant tenant, ExternalDatabase acme)
            throws Exception {
        String role = acme.name() + "_o";
        Sql.run(
                acme.url(),
                "CREATE ROLE " + role + " LOGIN PASSWORD 'first'",
                "GRANT ALL ON DATABASE " + acme.name() + " TO " + role,
                "GRANT ALL ON SCHEMA public TO " + role);
        try {
            follow(tenant, acme, role, "first");
            UUID ada = tenant.user("Ada");
            Sql.await(acme.url(), NAMES, "Ada");
            Sql.run(
                    acme.url(),
                    "ALTER ROLE " + role + " PASSWORD 'second'",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
            tenant.server()
                    .patch("/users/" + ada, body("display_name", "Countess"))
                    .expect(200);
            suite.probe(acme).expectNoRow("users", Map.of("display_name", "Countess"), Duration.ofMillis(400));
            follow(tenant, acme, role, "second");
            Sql.await(acme.url(), NAMES, "Countess");
        } finally {
            tenant.admin().delete("/internal/external-databases/main").expect(204);
            Sql.run(
                    acme.url(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'",
                    "DROP OWNED BY " + role + " CASCADE",
                    "DROP ROLE " + role);
        }
    }

    private static void follow(TestTenant tenant, ExternalDatabase acme, String role, String password) {
        String url = acme.url().replaceFirst("//[^@]*@", "//" + role + ":" + password + "@");
        tenant.admin()
                .put("/internal/external-databases/main", body("url", url))
                .expect(200);
    }

    @Test
    void aConnectionThatIsCutInTheMiddleOfABatchLosesNothing(Followed acme) throws Exception {
        UUID ada = acme.tenant().user("Ada");
        acme.await(NAMES, "Ada");
        try (Connection reader = acme.database().connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE users IN EXCLUSIVE MODE");
            rename(acme, ada, "Countess");
            acme.tenant().user("Eve");
            String cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
            Eventually.await("a batch waits for the table, and its connection is cut")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> acme.column(cut), "a connection", List.of("t")::equals);
            reader.rollback();
        }
        acme.await(NAMES, "Countess", "Eve");
    }

    private static void rename(Followed tenant, UUID user, String name) {
        tenant.server().patch("/users/" + user, body("display_name", name)).expect(200);
    }
}
