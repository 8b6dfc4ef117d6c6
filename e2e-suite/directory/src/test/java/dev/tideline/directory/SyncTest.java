package dev.tideline.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.RunningDirectory;
import dev.tideline.directory.fixture.RunningDirectory.Running;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.directory.sync.EmbeddedSync;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.ExternalDatabases;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everything that Directory keeps arrives in a tenant's own database, follows, and goes. */
@ExtendWith(RunningDirectory.class)
class SyncTest {

    private static final List<String> TABLES = List.of(
            "users",
            "contact_channels",
            "teams",
            "team_memberships",
            "team_permissions",
            "project_permissions",
            "invitations",
            "outbox_mails",
            "notification_preferences",
            "refresh_tokens",
            "connected_accounts");

    @Test
    void everyMappedTableFollowsAndSecretsStay(Running running, @TempDir Path folder) throws Exception {
        String database = running.newDatabase("sync_all");
        try (ExternalDatabases externals = running.externalDatabases();
                Directory directory = Directory.start(Running.config(
                                database, Running.smtp(running.mailServer().smtpPort()))
                        .withSync(EmbeddedSync.writeConfig(folder)))) {
            ExternalDatabase external = externals.create("sync");
            TestTenant tenant = running.tenantAt(directory);
            tenant.admin()
                    .put("/internal/external-databases/main", body("url", external.url()))
                    .expect(200);
            SignedUp ada = tenant.signUp(tenant.address("ada"));
            UUID team = tenant.server()
                    .post("/teams", body("display_name", "Sails"))
                    .expect(201)
                    .id();
            fill(tenant, ada, team);
            await(
                    external,
                    "one row in each table",
                    counts -> counts.values().stream().allMatch(one -> one == 1)
                            && counts.keySet().containsAll(TABLES));
            assertThat(ask(external, "SELECT primary_email FROM users")).isEqualTo(tenant.address("ada"));
            assertThat(ask(
                            external,
                            "SELECT string_agg(column_name, ' ') FROM information_schema.columns"
                                    + " WHERE table_schema = 'public' AND column_name LIKE '%hash%'"))
                    .isNull();
            tenant.server()
                    .patch("/teams/" + team, body("display_name", "Ropes"))
                    .expect(200);
            Eventually.await("the invitation has the team's new name")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ask(external, "SELECT team_display_name FROM invitations"), "Ropes", "Ropes"::equals);
            tenant.server().delete("/users/" + ada.id()).expect(204);
            tenant.server().delete("/teams/" + team).expect(204);
            await(
                    external,
                    "no row in any table",
                    counts -> counts.values().stream().allMatch(none -> none == 0));
        }
    }

    @Test
    void theDashboardIsServedByTheAppAndFollowsItsTenants(Running running, @TempDir Path folder) throws Exception {
        String database = running.newDatabase("sync_dashboard");
        int port = ReservedPort.next();
        try (ExternalDatabases externals = running.externalDatabases();
                Directory directory = Directory.start(Running.config(
                                database, Running.smtp(running.mailServer().smtpPort()))
                        .withSync(EmbeddedSync.writeConfig(folder))
                        .withAdminPort(port))) {
            String link = directory.dashboard().orElseThrow();
            assertThat(link).startsWith("http://127.0.0.1:" + port + "/login#");
            String token = link.substring(link.indexOf('#') + 1);
            TestTenant tenant = running.tenantAt(directory);
            tenant.admin()
                    .put(
                            "/internal/external-databases/main",
                            body("url", externals.create("dashboard").url()))
                    .expect(200);
            Eventually.await("the dashboard's API shows the tenant's database")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> status(port, token), status -> status.contains("\"tenant\":\"" + tenant.id() + "\""));
        }
    }

    private static String status(int port, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/status"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void fill(TestTenant tenant, SignedUp ada, UUID team) {
        var server = tenant.server();
        String member = "/teams/" + team + "/members/" + ada.id();
        server.put(member, null).expect(204);
        server.put(member + "/permissions/steer", null).expect(204);
        server.put("/users/" + ada.id() + "/permissions/audit", null).expect(204);
        server.put("/users/" + ada.id() + "/connected-accounts/github", body("provider_account_id", "1"))
                .expect(200);
        server.put("/users/" + ada.id() + "/notification-preferences/Marketing", body("enabled", false))
                .expect(200);
        tenant.sendMail("user_ids", List.of(ada.id()), "scheduled_at_millis", 4_000_000_000_000L)
                .expect(200);
        server.post("/teams/" + team + "/invitations", body("email", tenant.address("eve")))
                .expect(201);
    }

    private static void await(
            ExternalDatabase external, String what, java.util.function.Predicate<TreeMap<String, Long>> expected) {
        Eventually.await(what).atMost(Duration.ofSeconds(30)).until(() -> counts(external), what, expected);
    }

    /** Mail to fixed addresses stays out: only the one to the user goes with it. */
    private static TreeMap<String, Long> counts(ExternalDatabase external) throws SQLException {
        TreeMap<String, Long> counts = new TreeMap<>();
        for (String table : TABLES) {
            String where = table.equals("outbox_mails") ? " WHERE user_id IS NOT NULL" : "";
            counts.put(table, Long.valueOf(ask(external, "SELECT count(*) FROM " + table + where)));
        }
        return counts;
    }

    private static String ask(ExternalDatabase external, String sql) throws SQLException {
        try (Connection connection = external.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
