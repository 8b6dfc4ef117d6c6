package dev.tideline.directory.teams;

import dev.tideline.directory.channels.EmailAddress;
import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.passwords.RateLimit;
import dev.tideline.directory.passwords.SecretHash;
import dev.tideline.directory.users.UserStore;
import java.util.UUID;
import java.util.function.Function;

/** {@code /teams} and {@code /team-invitations}. */
public final class TeamRoutes {

    private final Database database;
    private final Invitations invitations;

    public TeamRoutes(Database database, SecretHash hash, RateLimit limit) {
        this.database = database;
        this.invitations = new Invitations(database, hash, limit);
    }

    record TeamName(String displayName) {}

    record NewInvitation(String email) {}

    record Code(String code) {}

    public void addTo(Api api) {
        api.get("/teams", Access.SERVER, "Lists teams")
                .gives(OpenApi.listOf(TeamStore.Team.class))
                .by(call -> Items.all(in(call, TeamStore::list)));
        api.post("/teams", Access.SERVER, "Makes a team")
                .takes(TeamName.class)
                .gives(201, TeamStore.Team.class)
                .by(this::add);
        api.get("/teams/{team_id}", Access.SERVER, "Shows a team")
                .gives(TeamStore.Team.class)
                .by(call -> in(call, teams -> teams.get(call.id("team_id"))));
        api.patch("/teams/{team_id}", Access.SERVER, "Renames a team")
                .takes(TeamName.class)
                .gives(TeamStore.Team.class)
                .by(this::rename);
        api.delete("/teams/{team_id}", Access.SERVER, "Deletes a team with memberships, permissions and invitations")
                .by(this::delete);
        addMembersTo(api);
        api.get("/teams/{team_id}/invitations", Access.SERVER, "Lists open invitations")
                .gives(OpenApi.listOf(InvitationStore.Invitation.class))
                .by(this::listInvitations);
        api.post("/teams/{team_id}/invitations", Access.SERVER, "Invites by mail")
                .takes(NewInvitation.class)
                .gives(201, InvitationStore.Invitation.class)
                .by(this::invite);
        api.delete("/teams/{team_id}/invitations/{invitation_id}", Access.SERVER, "Takes an invitation back")
                .by(this::revokeInvitation);
        api.post("/team-invitations/accept", Access.RESTRICTED_USER, "Makes the signed-in user a member")
                .takes(Code.class)
                .gives(TeamStore.Team.class)
                .by(call -> invitations.accept(
                        call.tenant(),
                        call.me(),
                        Check.text(call.body(Code.class).code(), "code", 200)));
    }

    private void addMembersTo(Api api) {
        api.get("/teams/{team_id}/members", Access.SERVER, "Lists members with their permissions")
                .gives(OpenApi.listOf(TeamStore.Member.class))
                .by(call -> Items.all(in(
                        call,
                        teams -> teams.members(teams.get(call.id("team_id")).id()))));
        api.put("/teams/{team_id}/members/{user_id}", Access.SERVER, "Makes a user a member")
                .by(this::addMember);
        api.delete("/teams/{team_id}/members/{user_id}", Access.SERVER, "Takes a user out of a team")
                .by(this::removeMember);
    }

    private <T> T in(Call call, Function<TeamStore, T> work) {
        return database.inTransaction(handle -> work.apply(new TeamStore(handle, call.tenant())));
    }

    private TeamStore.Team add(Call call) {
        String name = name(call);
        UUID id = UUID.randomUUID();
        return in(call, teams -> {
            teams.add(id, name);
            return teams.get(id);
        });
    }

    private TeamStore.Team rename(Call call) {
        String name = name(call);
        return in(call, teams -> {
            teams.rename(call.id("team_id"), name);
            return teams.get(call.id("team_id"));
        });
    }

    private static String name(Call call) {
        return Check.text(call.body(TeamName.class).displayName(), "display_name", 200);
    }

    private Object delete(Call call) {
        return in(call, teams -> {
            teams.delete(call.id("team_id"));
            return null;
        });
    }

    private Object addMember(Call call) {
        UUID user = call.id("user_id");
        return database.inTransaction(handle -> {
            TeamStore teams = new TeamStore(handle, call.tenant());
            UUID team = teams.keep(call.id("team_id")).id();
            new UserStore(handle, call.tenant()).change(user, () -> teams.addMember(team, user));
            return null;
        });
    }

    private Object removeMember(Call call) {
        return in(call, teams -> {
            teams.removeMember(teams.keep(call.id("team_id")).id(), call.id("user_id"));
            return null;
        });
    }

    private Items<InvitationStore.Invitation> listInvitations(Call call) {
        return Items.all(database.inTransaction(handle -> {
            UUID team =
                    new TeamStore(handle, call.tenant()).get(call.id("team_id")).id();
            return new InvitationStore(handle, call.tenant()).of(team);
        }));
    }

    private InvitationStore.Invitation invite(Call call) {
        String email = EmailAddress.of(call.body(NewInvitation.class).email(), "email");
        return invitations.send(call.tenant(), call.id("team_id"), email);
    }

    private Object revokeInvitation(Call call) {
        if (!database.inTransaction(handle ->
                new InvitationStore(handle, call.tenant()).revoke(call.id("team_id"), call.id("invitation_id")))) {
            throw new ApiException(404, "TEAM_INVITATION_NOT_FOUND", "The team has no such invitation");
        }
        return null;
    }
}
