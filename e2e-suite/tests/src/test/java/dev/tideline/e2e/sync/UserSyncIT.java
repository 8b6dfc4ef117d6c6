package dev.tideline.e2e.sync;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.ExternalDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class UserSyncIT {

    @Test
    void aNewUserArrives(Followed acme) {
        acme.awaitRow("users", acme.tenant().user("Ada"), Map.of("display_name", "Ada"));
    }

    @Test
    void aChangeOfAUserArrives(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        acme.awaitRow("users", ada, Map.of("display_name", "Ada"));
        rename(acme, ada, "Countess");
        acme.awaitRow("users", ada, Map.of("display_name", "Countess"));
    }

    @Test
    void aDeletedUserGoes(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        UUID eve = acme.tenant().user("Eve");
        acme.awaitRow("users", ada, Map.of());
        acme.server().delete("/users/" + ada).expect(204);
        acme.awaitNoRow("users", ada);
        acme.awaitRow("users", eve, Map.of());
    }

    @Test
    void aUserIsFollowedThroughItsWholeLife(Followed acme) throws Exception {
        UUID ada = acme.tenant().user("Ada", acme.tenant().address("ada"));
        acme.awaitRow("users", ada, Map.of("display_name", "Ada", "restricted_by_admin", false));
        rename(acme, ada, "Countess");
        acme.server()
                .patch("/users/" + ada, body("restricted_by_admin", true, "restricted_by_admin_reason", "leave"))
                .expect(200);
        acme.awaitRow(
                "users",
                ada,
                Map.of("display_name", "Countess", "restricted_by_admin", true, "restricted_by_admin_reason", "leave"));
        acme.server().delete("/users/" + ada).expect(204);
        acme.await("SELECT count(*) FROM users", "0");
        acme.await("SELECT count(*) FROM contact_channels", "0");
    }

    @Test
    void aUserWithSeveralAddressesGivesOneRowWithThePrimaryOne(Followed acme) throws Exception {
        UUID ada = acme.tenant().user("Ada", acme.tenant().address("first"));
        for (String more : List.of("second", "third")) {
            acme.server()
                    .post(
                            "/users/" + ada + "/contact-channels",
                            body("value", acme.tenant().address(more)))
                    .expect(201);
        }
        acme.await("SELECT count(*) FROM contact_channels", "3");
        acme.awaitRow("users", ada, Map.of("primary_email", acme.tenant().address("first")));
        assertThat(acme.column("SELECT id FROM users")).containsExactly(ada.toString());
    }

    @Test
    void aNewPrimaryAddressUpdatesTheRowOfItsUser(Followed acme) {
        UUID ada = acme.tenant().user("Ada", acme.tenant().address("first"));
        acme.awaitRow("users", ada, Map.of("primary_email_verified", true));
        String second = acme.tenant().address("second");
        acme.server().patch("/users/" + ada, body("primary_email", second)).expect(200);
        acme.awaitRow("users", ada, Map.of("primary_email", second, "primary_email_verified", false));
    }

    @Test
    void theTablesAreMadeByThemselves(Followed acme) {
        acme.await(
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
                "connected_accounts",
                "contact_channels",
                "invitations",
                "notification_preferences",
                "outbox_mails",
                "project_permissions",
                "refresh_tokens",
                "team_memberships",
                "team_permissions",
                "teams",
                "tideline_sync_metadata",
                "users");
        acme.await("SELECT count(*) FROM pg_index WHERE indisprimary AND indrelid = 'users'::regclass", "1");
    }

    @Test
    void anUnreachableDatabaseDoesNotStopTheOthers(Suite suite, Followed acme, ExternalDatabase other) {
        suite.follow(acme.tenant(), "other", other)
                .waitForRow("users", Map.of("id", acme.tenant().user("Before")));
        other.stop();
        UUID ada = acme.tenant().user("Ada");
        acme.awaitRow("users", ada, Map.of());
        other.restart();
        suite.probe(other).waitForRow("users", Map.of("id", ada));
    }

    @Test
    void theMetadataTracksProgressAndOnlyGrows(Followed acme) throws Exception {
        String query = "SELECT last_synced_sequence_id FROM tideline_sync_metadata WHERE mapping_name = 'users'";
        List<Long> cursors = new ArrayList<>();
        UUID ada = acme.tenant().user("0");
        for (int i = 1; i <= 5; i++) {
            rename(acme, ada, "" + i);
            acme.awaitRow("users", ada, Map.of("display_name", "" + i));
            cursors.add(Long.valueOf(acme.column(query).get(0)));
        }
        assertThat(cursors).isSorted().doesNotHaveDuplicates();
        assertThat(acme.column("SELECT DISTINCT updated_at > now() - interval '1 hour' FROM tideline_sync_metadata"))
                .containsExactly("t");
    }

    @Test
    void aUserOfAnotherTenantDoesNotArrive(Followed acme, Followed globex) {
        UUID ada = acme.tenant().user("Ada");
        UUID eve = globex.tenant().user("Eve");
        acme.awaitRow("users", ada, Map.of());
        globex.awaitRow("users", eve, Map.of());
        acme.probe().expectNoRow("users", Map.of("id", eve), Duration.ofMillis(300));
    }

    private static void rename(Followed tenant, UUID user, String name) {
        tenant.server().patch("/users/" + user, body("display_name", name)).expect(200);
    }
}
