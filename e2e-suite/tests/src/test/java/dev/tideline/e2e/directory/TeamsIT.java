package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.directory.fixture.Together;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Mailbox;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class TeamsIT {

    @Test
    void deletingATeamTakesMembersPermissionsAndInvitationsAlong(TestTenant tenant, Suite suite) throws Exception {
        UUID user = tenant.user("Ada");
        UUID team = team(tenant, "Sails");
        tenant.server().put("/teams/" + team + "/members/" + user, null).expect(204);
        tenant.server().put("/teams/" + team + "/members/" + user, null).expect(204);
        tenant.server()
                .put("/teams/" + team + "/members/" + user + "/permissions/steer", null)
                .expect(204);
        tenant.server().patch("/users/" + user, body("selected_team_id", team)).expect(200);
        tenant.server()
                .post("/teams/" + team + "/invitations", body("email", tenant.address("eve")))
                .expect(201);
        assertThat(tenant.server().get("/teams/" + team + "/members").json().toString())
                .isEqualTo("{\"items\":[{\"user_id\":\"" + user
                        + "\",\"display_name\":\"Ada\",\"permission_ids\":[\"steer\"]}],\"next_cursor\":null}");
        tenant.server().delete("/teams/" + team).expect(204);
        for (String table : List.of("team", "team_member", "team_permission", "invitation")) {
            assertThat(suite.column("SELECT 1 FROM " + table + " WHERE tenancy_id = '" + tenant.id() + "'"))
                    .as(table)
                    .isEmpty();
        }
        assertThat(tenant.server().get("/users/" + user).get("selected_team_id"))
                .isNull();
    }

    @Test
    void deletingAUserTakesMembershipsChannelsAndTokensAlong(TestTenant tenant, Suite suite) throws Exception {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        UUID team = team(tenant, "Sails");
        tenant.server().put("/teams/" + team + "/members/" + ada.id(), null).expect(204);
        ada.caller().delete("/users/me").expect(204);
        for (String table : List.of("team_member", "contact_channel", "refresh_token", "password_credential")) {
            assertThat(suite.column("SELECT 1 FROM " + table + " WHERE tenancy_id = '" + tenant.id() + "'"))
                    .as(table)
                    .isEmpty();
        }
        ada.caller().get("/users/me").expectError(401, "ACCESS_TOKEN_INVALID");
    }

    @Test
    void whoeverHasTheMailedCodeBecomesAMemberOnce(TestTenant tenant, Suite suite) throws Exception {
        Mailbox inbox = suite.mailbox();
        UUID team = team(tenant, "Sails & <Ropes>");
        tenant.server()
                .post("/teams/" + team + "/invitations", body("email", inbox.address()))
                .expect(201);
        String code = code(inbox, "You are invited to Sails & <Ropes>");
        List<SignedUp> eager = List.of(tenant.signUp(tenant.address("ada")), tenant.signUp(tenant.address("eve")));
        List<Integer> statuses = Together.get(
                2,
                i -> eager.get(i)
                        .caller()
                        .post("/team-invitations/accept", body("code", code))
                        .status());
        assertThat(statuses).containsExactlyInAnyOrder(200, 400);
        assertThat(tenant.server().get("/teams/" + team + "/members").items("user_id"))
                .hasSize(1);
        assertThat(tenant.server().get("/teams/" + team + "/invitations").items("id"))
                .isEmpty();
    }

    @Test
    void aRestrictedUserCannotAcceptAnInvitation(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID team = team(tenant, "Sails");
        tenant.server()
                .post("/teams/" + team + "/invitations", body("email", inbox.address()))
                .expect(201);
        String code = code(inbox, "You are invited to Sails");
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        tenant.server()
                .patch("/users/" + ada.id(), body("restricted_by_admin", true))
                .expect(200);
        for (var caller : List.of(ada.caller(), ada.caller().without("X-Allow-Restricted-User"))) {
            assertThat(caller.post("/team-invitations/accept", body("code", code))
                            .expectError(403, "TEAM_INVITATION_RESTRICTED_USER_NOT_ALLOWED")
                            .get("details.restricted_reason.type"))
                    .isEqualTo("restricted_by_administrator");
        }
        tenant.server()
                .patch("/users/" + ada.id(), body("restricted_by_admin", false))
                .expect(200);
        ada.caller().post("/team-invitations/accept", body("code", code)).expect(200);
    }

    @Test
    void aWrongOrRevokedCodeOpensNothing(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID team = team(tenant, "Sails");
        UUID invitation = tenant.server()
                .post("/teams/" + team + "/invitations", body("email", inbox.address()))
                .expect(201)
                .id();
        String code = code(inbox, "You are invited to Sails");
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        for (String wrong : List.of("x", ".", code + "x", invitation + ".x", UUID.randomUUID() + ".x")) {
            ada.caller()
                    .post("/team-invitations/accept", body("code", wrong))
                    .expectError(400, "TEAM_INVITATION_CODE_INVALID");
        }
        tenant.server().delete("/teams/" + team + "/invitations/" + invitation).expect(204);
        ada.caller()
                .post("/team-invitations/accept", body("code", code))
                .expectError(400, "TEAM_INVITATION_CODE_INVALID");
    }

    @Test
    void permissionsAreGrantedAndTakenBack(TestTenant tenant) {
        UUID user = tenant.user("Ada");
        UUID team = team(tenant, "Sails");
        String inTeam = "/teams/" + team + "/members/" + user + "/permissions/steer";
        tenant.server().put(inTeam, null).expectError(404, "TEAM_MEMBERSHIP_NOT_FOUND");
        tenant.server().put("/teams/" + team + "/members/" + user, null).expect(204);
        tenant.server().put(inTeam, null).expect(204);
        tenant.server().put(inTeam, null).expect(204);
        tenant.server().delete(inTeam).expect(204);
        tenant.server().delete(inTeam).expectError(404, "PERMISSION_NOT_FOUND");
        String inProject = "/users/" + user + "/permissions/audit";
        tenant.server().put(inProject, null).expect(204);
        tenant.server().put(inProject, null).expect(204);
        assertThat(tenant.server().get("/users/" + user + "/permissions").json().toString())
                .isEqualTo("{\"permission_ids\":[\"audit\"]}");
        tenant.server().delete(inProject).expect(204);
        tenant.server().delete(inProject).expectError(404, "PERMISSION_NOT_FOUND");
    }

    @Test
    void anAccountAtAProviderBelongsToOneUser(TestTenant tenant) {
        UUID ada = tenant.user("Ada");
        UUID eve = tenant.user("Eve");
        tenant.server()
                .put("/users/" + ada + "/connected-accounts/github", body("provider_account_id", "1815"))
                .expect(200);
        tenant.server()
                .put("/users/" + ada + "/connected-accounts/github", body("provider_account_id", "1816"))
                .expect(200);
        tenant.server()
                .put("/users/" + eve + "/connected-accounts/github", body("provider_account_id", "1816"))
                .expectError(409, "CONNECTED_ACCOUNT_ALREADY_USED");
        assertThat(tenant.server().get("/users/" + ada + "/connected-accounts").items("provider_account_id"))
                .containsExactly("1816");
        tenant.server().delete("/users/" + ada + "/connected-accounts/github").expect(204);
        tenant.server()
                .delete("/users/" + ada + "/connected-accounts/github")
                .expectError(404, "CONNECTED_ACCOUNT_NOT_FOUND");
    }

    private static UUID team(TestTenant tenant, String name) {
        return tenant.server()
                .post("/teams", body("display_name", name))
                .expect(201)
                .id();
    }

    private static String code(Mailbox inbox, String subject) {
        return inbox.waitForMessagesWithSubject(subject).get(0).text().strip().replaceFirst("(?s).*code:\\s*", "");
    }
}
