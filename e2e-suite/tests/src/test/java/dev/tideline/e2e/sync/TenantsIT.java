package dev.tideline.e2e.sync;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.ExternalDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tenants and their external databases. */
@EndToEnd
class TenantsIT {

    private static final String NAMES = "SELECT display_name FROM users ORDER BY 1";

    @Test
    void twoDatabasesOfOneTenantAndThreeOfAnotherGetTheirOwnRowsAndNoOther(
            Suite suite, TestTenant acme, TestTenant globex, ExternalDatabases databases) throws Exception {
        List<ExternalDatabase> ofAcme = follow(suite, acme, databases, 2);
        List<ExternalDatabase> ofGlobex = follow(suite, globex, databases, 3);
        for (int i = 1; i <= 3; i++) {
            acme.user("acme " + i);
            globex.user("globex " + i);
        }
        for (ExternalDatabase database : ofAcme) {
            Sql.await(database.url(), NAMES, "acme 1", "acme 2", "acme 3");
        }
        for (ExternalDatabase database : ofGlobex) {
            Sql.await(database.url(), NAMES, "globex 1", "globex 2", "globex 3");
        }
        for (ExternalDatabase database :
                Stream.concat(ofAcme.stream(), ofGlobex.stream()).toList()) {
            assertThat(Sql.column(database.url(), NAMES)).as(database.name()).hasSize(3);
        }
    }

    private static List<ExternalDatabase> follow(
            Suite suite, TestTenant tenant, ExternalDatabases databases, int count) {
        List<ExternalDatabase> following = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ExternalDatabase database = databases.create("db" + i);
            suite.follow(tenant, "db" + i, database);
            following.add(database);
        }
        return following;
    }

    @Test
    void aDatabaseThatIsAddedLaterGetsEverythingAndThenFollows(Suite suite, Followed acme, ExternalDatabase later) {
        List<UUID> users = List.of(acme.tenant().user("a"), acme.tenant().user("b"));
        acme.await(NAMES, "a", "b");
        awaitNoRequest(suite, acme); // One of before would find the new database by the way.
        suite.follow(acme.tenant(), "later", later);
        Sql.await(later.url(), NAMES, "a", "b");
        acme.server().patch("/users/" + users.get(0), body("display_name", "c")).expect(200);
        acme.server().delete("/users/" + users.get(1)).expect(204);
        Sql.await(later.url(), NAMES, "c");
        acme.await(NAMES, "c");
    }

    @Test
    void aDatabaseThatWasRemovedStandsStillAndIsBroughtUpToDateWhenItIsBack(Suite suite, Followed acme) {
        UUID changes = acme.tenant().user("a");
        UUID goes = acme.tenant().user("b");
        acme.await(NAMES, "a", "b");
        acme.tenant().admin().delete("/internal/external-databases/main").expect(204);
        // Once the removal's request has ended, what comes later goes nowhere.
        awaitNoRequest(suite, acme);
        UUID added = acme.tenant().user("while it was away");
        acme.server().patch("/users/" + changes, body("display_name", "c")).expect(200);
        acme.server().delete("/users/" + goes).expect(204);
        acme.probe().expectNoRow("users", Map.of("id", added), Duration.ofMillis(400));
        suite.follow(acme.tenant(), acme.database());
        acme.await(NAMES, "c", "while it was away");
    }

    private static void awaitNoRequest(Suite suite, Followed followed) {
        Sql.await(
                suite.sourceUrl(),
                "SELECT count(*) FROM tideline.outgoing_request WHERE tenant = '"
                        + followed.tenant().id() + "'",
                "0");
    }

    @Test
    void aReaderOfTheExternalDatabaseReadsAndCannotWrite(Followed acme) throws Exception {
        acme.tenant().user("Ada");
        acme.await(NAMES, "Ada");
        try (Connection connection = acme.database().connectAsReader();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT * FROM users").close();
            statement.executeQuery("SELECT * FROM tideline_sync_metadata").close();
            for (String write : List.of(
                    "INSERT INTO users (id) VALUES (gen_random_uuid())",
                    "UPDATE users SET display_name = 'Eve'",
                    "DELETE FROM users",
                    "TRUNCATE users",
                    "DROP TABLE users",
                    "UPDATE tideline_sync_metadata SET last_synced_sequence_id = 0")) {
                assertThatThrownBy(() -> statement.execute(write))
                        .as(write)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }
}
