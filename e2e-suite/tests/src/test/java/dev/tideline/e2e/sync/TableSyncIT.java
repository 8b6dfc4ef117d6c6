package dev.tideline.e2e.sync;

import static dev.tideline.directory.fixture.TestTenant.body;

import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each table but that of users through create, update, delete; what the API does not change is changed by SQL. */
@EndToEnd
class TableSyncIT {

    @Test
    void teamsAreFollowed(Followed acme) {
        UUID team = team(acme, "Sails");
        acme.awaitRow("teams", team, Map.of("display_name", "Sails"));
        acme.server().patch("/teams/" + team, body("display_name", "Ropes")).expect(200);
        acme.awaitRow("teams", team, Map.of("display_name", "Ropes"));
        acme.server().delete("/teams/" + team).expect(204);
        acme.awaitNoRow("teams", team);
    }

    @Test
    void membershipsAreFollowed(Followed acme, Suite suite) throws Exception {
        UUID ada = acme.tenant().user("Ada");
        UUID team = team(acme, "Sails");
        Map<String, UUID> key = Map.of("team_id", team, "user_id", ada);
        String path = "/teams/" + team + "/members/" + ada;
        acme.server().put(path, null).expect(204);
        acme.probe().waitForRow("team_memberships", key);
        Sql.run(suite.sourceUrl(), "UPDATE team_member SET joined_at = '1852-11-27' WHERE user_id = '" + ada + "'");
        acme.await("SELECT joined_at::date FROM team_memberships", "1852-11-27");
        acme.server().delete(path).expect(204);
        acme.probe().waitForNoRow("team_memberships", key);
    }

    @Test
    void contactChannelsAreFollowed(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        String channels = "/users/" + ada + "/contact-channels";
        UUID channel = acme.server()
                .post(channels, body("value", acme.tenant().address("ada")))
                .expect(201)
                .id();
        acme.awaitRow("contact_channels", channel, Map.of("value", acme.tenant().address("ada"), "is_primary", false));
        acme.server().patch(channels + "/" + channel, body("is_primary", true)).expect(200);
        acme.awaitRow("contact_channels", channel, Map.of("is_primary", true));
        acme.server().delete(channels + "/" + channel).expect(204);
        acme.awaitNoRow("contact_channels", channel);
    }

    @Test
    void permissionsInATeamAreFollowed(Followed acme, Suite suite) throws Exception {
        UUID ada = acme.tenant().user("Ada");
        UUID team = team(acme, "Sails");
        String path = "/teams/" + team + "/members/" + ada;
        acme.server().put(path, null).expect(204);
        acme.server().put(path + "/permissions/steer", null).expect(204);
        acme.await("SELECT permission_id FROM team_permissions", "steer");
        Sql.run(suite.sourceUrl(), "UPDATE team_permission SET permission_id = 'moor' WHERE user_id = '" + ada + "'");
        acme.await("SELECT permission_id FROM team_permissions", "moor");
        acme.server().delete(path + "/permissions/moor").expect(204);
        acme.await("SELECT permission_id FROM team_permissions");
    }

    @Test
    void permissionsInTheProjectAreFollowed(Followed acme, Suite suite) throws Exception {
        UUID ada = acme.tenant().user("Ada");
        String path = "/users/" + ada + "/permissions/";
        acme.server().put(path + "audit", null).expect(204);
        acme.await("SELECT permission_id FROM project_permissions", "audit");
        Sql.run(
                suite.sourceUrl(),
                "UPDATE project_permission SET permission_id = 'read' WHERE user_id = '" + ada + "'");
        acme.await("SELECT permission_id FROM project_permissions", "read");
        acme.server().delete(path + "read").expect(204);
        acme.await("SELECT permission_id FROM project_permissions");
    }

    @Test
    void invitationsAreFollowedWithoutTheirCode(Followed acme, Suite suite) throws Exception {
        String team = "/teams/" + team(acme, "Sails");
        String address = acme.tenant().address("eve");
        UUID invitation = acme.server()
                .post(team + "/invitations", body("email", address))
                .expect(201)
                .id();
        acme.awaitRow("invitations", invitation, Map.of("email", address, "team_display_name", "Sails"));
        acme.await(
                "SELECT count(*) FROM information_schema.columns WHERE column_name LIKE '%hash%'"
                        + " AND table_schema = 'public'",
                "0");
        Sql.run(suite.sourceUrl(), "UPDATE invitation SET email = 'x' || email WHERE id = '" + invitation + "'");
        acme.awaitRow("invitations", invitation, Map.of("email", "x" + address));
        acme.server().delete(team + "/invitations/" + invitation).expect(204);
        acme.awaitNoRow("invitations", invitation);
    }

    @Test
    void notificationPreferencesAreFollowed(Followed acme, Suite suite) throws Exception {
        UUID ada = acme.tenant().user("Ada");
        String path = "/users/" + ada + "/notification-preferences/Marketing";
        acme.server().put(path, body("enabled", false)).expect(200);
        acme.await("SELECT category || enabled FROM notification_preferences", "Marketingfalse");
        acme.server().put(path, body("enabled", true)).expect(200);
        acme.await("SELECT category || enabled FROM notification_preferences", "Marketingtrue");
        Sql.run(suite.sourceUrl(), "DELETE FROM notification_preference WHERE user_id = '" + ada + "'");
        acme.await("SELECT category FROM notification_preferences");
    }

    @Test
    void outboxMailsAreFollowedWithoutTheirText(Followed acme, Suite suite) throws Exception {
        UUID ada = acme.tenant().user("Ada", acme.tenant().address("ada"));
        acme.tenant()
                .sendMail("user_ids", List.of(ada), "scheduled_at_millis", 4_000_000_000_000L)
                .expect(200);
        UUID mail =
                UUID.fromString(acme.server().get("/emails/outbox").items("id").get(0));
        acme.awaitRow("outbox_mails", mail, Map.of("subject", "Hello", "user_id", ada));
        acme.await(
                "SELECT count(*) FROM information_schema.columns WHERE table_name = 'outbox_mails'"
                        + " AND column_name = 'html'",
                "0");
        acme.server().patch("/emails/outbox/" + mail, body("cancel", true)).expect(200);
        acme.awaitRow("outbox_mails", mail, Map.of("status", "skipped", "skipped_reason", "MANUALLY_CANCELLED"));
        Sql.run(suite.sourceUrl(), "DELETE FROM email_outbox WHERE id = '" + mail + "'");
        acme.awaitNoRow("outbox_mails", mail);
    }

    @Test
    void refreshTokensAreFollowedWithoutTheirSecret(Followed acme, Suite suite) throws Exception {
        SignedUp ada = acme.tenant().signUp(acme.tenant().address("ada"));
        String sessions = "/users/" + ada.id() + "/sessions";
        UUID session = UUID.fromString(acme.server().get(sessions).items("id").get(0));
        acme.awaitRow("refresh_tokens", session, Map.of("user_id", ada.id()));
        acme.await(
                "SELECT count(*) FROM information_schema.columns WHERE table_name = 'refresh_tokens'"
                        + " AND column_name = 'token_hash'",
                "0");
        Sql.run(
                suite.sourceUrl(),
                "UPDATE refresh_token SET expires_at = '2100-01-01T12:00Z' WHERE id = '" + session + "'");
        acme.await("SELECT expires_at::date FROM refresh_tokens", "2100-01-01");
        acme.server().delete(sessions + "/" + session).expect(204);
        acme.awaitNoRow("refresh_tokens", session);
    }

    @Test
    void connectedAccountsAreFollowed(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        String path = "/users/" + ada + "/connected-accounts/github";
        Map<String, Object> key = Map.of("user_id", ada, "provider", "github");
        acme.server().put(path, body("provider_account_id", "1815")).expect(200);
        acme.probe().waitForRow("connected_accounts", key, Map.of("provider_account_id", "1815"));
        acme.server().put(path, body("provider_account_id", "1852")).expect(200);
        acme.probe().waitForRow("connected_accounts", key, Map.of("provider_account_id", "1852"));
        acme.server().delete(path).expect(204);
        acme.probe().waitForNoRow("connected_accounts", key);
    }

    private static UUID team(Followed acme, String name) {
        return acme.server()
                .post("/teams", body("display_name", name))
                .expect(201)
                .id();
    }
}
