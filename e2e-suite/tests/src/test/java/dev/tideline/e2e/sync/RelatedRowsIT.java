package dev.tideline.e2e.sync;

import static dev.tideline.directory.fixture.TestTenant.body;

import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Followed;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes or changes along with a row. */
@EndToEnd
class RelatedRowsIT {

    @Test
    void aDeletedUserTakesItsMembershipsChannelsAndTokensAlong(Followed acme) {
        SignedUp ada = acme.tenant().signUp(acme.tenant().address("ada"));
        SignedUp eve = acme.tenant().signUp(acme.tenant().address("eve"));
        UUID team = team(acme);
        for (SignedUp member : List.of(ada, eve)) {
            acme.server()
                    .put("/teams/" + team + "/members/" + member.id(), null)
                    .expect(204);
        }
        for (String table : List.of("team_memberships", "contact_channels", "refresh_tokens")) {
            acme.await("SELECT count(*) FROM " + table, "2");
        }
        ada.caller().delete("/users/me").expect(204);
        for (String table : List.of("team_memberships", "contact_channels", "refresh_tokens")) {
            acme.await("SELECT user_id FROM " + table, eve.id().toString());
        }
    }

    @Test
    void aDeletedTeamTakesItsMembersPermissionsAndInvitationsAlong(Followed acme) {
        UUID ada = acme.tenant().user("Ada");
        UUID stays = team(acme);
        UUID goes = team(acme);
        for (UUID team : List.of(stays, goes)) {
            String member = "/teams/" + team + "/members/" + ada;
            acme.server().put(member, null).expect(204);
            acme.server().put(member + "/permissions/steer", null).expect(204);
            acme.server()
                    .post(
                            "/teams/" + team + "/invitations",
                            body("email", acme.tenant().address("eve")))
                    .expect(201);
        }
        for (String table : List.of("team_memberships", "team_permissions", "invitations")) {
            acme.await("SELECT count(*) FROM " + table, "2");
        }
        acme.server().delete("/teams/" + goes).expect(204);
        for (String table : List.of("team_memberships", "team_permissions", "invitations")) {
            acme.await("SELECT team_id FROM " + table, stays.toString());
        }
    }

    @Test
    void aRenamedTeamHasItsNewNameInItsInvitations(Followed acme) {
        UUID team = team(acme);
        for (String invited : List.of("eve", "bob")) {
            acme.server()
                    .post(
                            "/teams/" + team + "/invitations",
                            body("email", acme.tenant().address(invited)))
                    .expect(201);
        }
        acme.await("SELECT team_display_name FROM invitations", "Sails", "Sails");
        acme.server().patch("/teams/" + team, body("display_name", "Ropes")).expect(200);
        acme.await("SELECT team_display_name FROM invitations", "Ropes", "Ropes");
    }

    private static UUID team(Followed acme) {
        return acme.server()
                .post("/teams", body("display_name", "Sails"))
                .expect(201)
                .id();
    }
}
