package dev.tideline.directory.teams;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.mail.Outbox;
import dev.tideline.directory.passwords.RateLimit;
import dev.tideline.directory.passwords.SecretHash;
import dev.tideline.directory.users.RestrictedReason;
import dev.tideline.directory.users.User;
import dev.tideline.directory.users.UserStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.nodes.Element;

/** Invites by mail, and admits whoever has the code. A code is the invitation's id and a secret, joined by a point. */
record Invitations(Database database, SecretHash hash, RateLimit limit) {

    InvitationStore.Invitation send(String tenant, UUID teamId, String email) {
        UUID id = UUID.randomUUID();
        String secret = SecretHash.randomText(16);
        String hashed = hash.of(secret);
        return database.inTransaction(handle -> {
            TeamStore.Team team = new TeamStore(handle, tenant).keep(teamId);
            new InvitationStore(handle, tenant).add(id, teamId, email, hashed);
            String line = team.displayName().replaceAll("\\p{Cntrl}", " ");
            new Outbox(handle, tenant).addTo(email, "You are invited to " + line, text(line, id + "." + secret));
            return new InvitationStore.Invitation(id, teamId, email);
        });
    }

    private static String text(String team, String code) {
        Element paragraph = new Element("p").text("Join " + team + " with this code: ");
        paragraph.appendElement("code").text(code);
        return paragraph.outerHtml();
    }

    /** @return the team that the user is a member of now */
    TeamStore.Team accept(String tenant, UUID userId, String code) {
        UUID id = idOf(code);
        User user = database.inTransaction(handle -> new UserStore(handle, tenant).get(userId));
        refuseRestricted(user);
        limit.count(tenant, RateLimit.Action.ACCEPT_INVITATION, id.toString());
        InvitationStore.Secret secret = database.inTransaction(handle -> new InvitationStore(handle, tenant).secret(id))
                .filter(kept -> hash.matches(code.substring(code.indexOf('.') + 1), kept.codeHash()))
                .orElseThrow(Invitations::wrong);
        return database.inTransaction(handle -> {
            TeamStore teams = new TeamStore(handle, tenant);
            TeamStore.Team team = teams.keep(secret.teamId());
            if (!new InvitationStore(handle, tenant).remove(id)) {
                throw wrong();
            }
            new UserStore(handle, tenant).change(userId, () -> {
                refuseRestricted(new UserStore(handle, tenant).get(userId));
                teams.addMember(team.id(), userId);
            });
            return team;
        });
    }

    private static void refuseRestricted(User user) {
        user.restrictedReason().ifPresent(reason -> {
            throw new ApiException(
                    403,
                    "TEAM_INVITATION_RESTRICTED_USER_NOT_ALLOWED",
                    "A restricted user cannot accept invitations",
                    Map.of("restricted_reason", new RestrictedReason.Described(reason)));
        });
    }

    private static UUID idOf(String code) {
        try {
            return UUID.fromString(Optional.of(code.indexOf('.'))
                    .filter(at -> at > 0)
                    .map(at -> code.substring(0, at))
                    .orElse(""));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static ApiException wrong() {
        return new ApiException(
                400,
                "TEAM_INVITATION_CODE_INVALID",
                "The invitation was used, revoked or has expired, or the code is wrong");
    }
}
