package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.e2e.suite.EndToEnd;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class UsersIT {

    @Test
    void aUserLivesThroughItsWholeLife(TestTenant tenant) {
        UUID id = tenant.user("Ada", tenant.address("ada"));
        assertThat(tenant.server().get("/users/" + id).expect(200).get("primary_email"))
                .isEqualTo(tenant.address("ada"));
        tenant.server().patch("/users/" + id, body("display_name", "Ada L.")).expect(200);
        assertThat(tenant.server().get("/users/" + id).get("display_name")).isEqualTo("Ada L.");
        tenant.server().delete("/users/" + id).expect(204);
        tenant.server().get("/users/" + id).expectError(404, "USER_NOT_FOUND");
        tenant.server().delete("/users/" + id).expectError(404, "USER_NOT_FOUND");
    }

    @Test
    void pagesOfUsersMeetEveryUserOnce(TestTenant tenant) {
        List<String> made = List.of(
                tenant.user("a").toString(),
                tenant.user("b").toString(),
                tenant.user("c").toString());
        Answer first = tenant.server().get("/users?limit=2").expect(200);
        Answer second = tenant.server()
                .get("/users?limit=2&cursor=" + first.get("next_cursor"))
                .expect(200);
        assertThat(first.items("id")).isEqualTo(made.subList(0, 2));
        assertThat(second.items("id")).isEqualTo(made.subList(2, 3));
        assertThat(second.get("next_cursor")).isNull();
    }

    @Test
    void whatIsWrongWithARequestNamesTheField(TestTenant tenant) {
        UUID id = tenant.user("Ada");
        tenant.server().post("/users", body()).expectWrong("display_name");
        tenant.server().post("/users", body("display_name", " ")).expectWrong("display_name");
        tenant.server().post("/users", body("display_name", 5)).expectWrong("display_name");
        tenant.server().post("/users", body("display_name", "x", "nmae", 1)).expectWrong("nmae");
        tenant.server().post("/users", body("display_name", "a\u0000b")).expectWrong("display_name");
        tenant.server().call("POST", "/users", "{\"display_name\":\"\\ud800\"}").expectWrong("display_name");
        tenant.server()
                .patch("/users/" + id, body("restricted_by_admin", true, "restricted_by_admin_reason", "a\u0000b"))
                .expectWrong("restricted_by_admin_reason");
        tenant.server()
                .patch("/users/" + id, body("restricted_by_admin", "yes"))
                .expectWrong("restricted_by_admin");
        tenant.server().patch("/users/" + id, body("selected_team_id", "x")).expectWrong("selected_team_id");
        tenant.server().call("POST", "/users", "{").expectWrong("body");
        tenant.server().call("POST", "/users", "null").expectWrong("body");
        tenant.server().call("POST", "/users", "[]").expectWrong("body");
        tenant.server().get("/users/nobody").expectWrong("user_id");
        tenant.server().get("/users?limit=0").expectWrong("limit");
        tenant.server().get("/users?cursor=x").expectWrong("cursor");
        tenant.server().get("/users?include_restricted=maybe").expectWrong("include_restricted");
    }

    @Test
    void aClientSeesAndChangesOnlyItsOwnUserAndNothingThatIsForServers(TestTenant tenant) {
        TestTenant.SignedUp ada = tenant.signUp(tenant.address("ada"));
        UUID eve = tenant.user("Eve");
        assertThat(ada.caller().get("/users/me").expect(200).id()).isEqualTo(ada.id());
        assertThat(ada.caller().get("/users/me").json().has("restricted_by_admin_private_details"))
                .isFalse();
        assertThat(tenant.server().get("/users/" + ada.id()).json().has("restricted_by_admin_private_details"))
                .isTrue();
        ada.caller().get("/users/" + eve).expectError(403, "API_KEY_NOT_SUFFICIENT");
        ada.caller().get("/users").expectError(403, "API_KEY_NOT_SUFFICIENT");
        ada.caller().get("/internal/settings").expectError(403, "API_KEY_NOT_SUFFICIENT");
        tenant.server().get("/internal/settings").expectError(403, "API_KEY_NOT_SUFFICIENT");
        ada.caller().patch("/users/me", body("restricted_by_admin", false)).expectWrong("restricted_by_admin");
        ada.caller().patch("/users/me", body("primary_email_verified", true)).expectWrong("primary_email_verified");
        tenant.client().get("/users/me").expectError(401, "ACCESS_TOKEN_REQUIRED");
        tenant.client().without("X-Api-Key").get("/users/me").expectError(401, "API_KEY_INVALID");
    }

    @Test
    void onlyAMemberSelectsATeamAndLosesItWithTheMembership(TestTenant tenant) {
        UUID user = tenant.user("Ada");
        UUID team = tenant.server()
                .post("/teams", body("display_name", "T"))
                .expect(201)
                .id();
        tenant.server().patch("/users/" + user, body("selected_team_id", team)).expectWrong("selected_team_id");
        tenant.server().put("/teams/" + team + "/members/" + user, null).expect(204);
        assertThat(tenant.server()
                        .patch("/users/" + user, body("selected_team_id", team))
                        .expect(200)
                        .get("selected_team_id"))
                .isEqualTo(team.toString());
        tenant.server().delete("/teams/" + team + "/members/" + user).expect(204);
        assertThat(tenant.server().get("/users/" + user).get("selected_team_id"))
                .isNull();
    }
}
