package dev.tideline.directory.teams;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.users.UserStore;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Teams and members of one tenant, within one transaction. */
final class TeamStore extends Store {

    TeamStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(Team.class));
        handle.registerRowMapper(ConstructorMapper.factory(Member.class));
    }

    /** A team, as it stands in answers. */
    record Team(UUID id, String displayName) {}

    /** A member of a team, as it stands in answers. */
    record Member(UUID userId, String displayName, List<String> permissionIds) {}

    List<Team> list() {
        return queryText("SELECT id, display_name FROM team WHERE tenancy_id = :tenant ORDER BY created_at, id")
                .mapTo(Team.class)
                .list();
    }

    /** @throws ApiException 404 if there is no such team */
    Team get(UUID id) {
        return lock(id, "");
    }

    /**
     * As {@link #get}; the team cannot be deleted until the end of the transaction. Locks are taken in the order team,
     * users, members.
     */
    Team keep(UUID id) {
        return lock(id, "FOR KEY SHARE");
    }

    private Team lock(UUID id, String strength) {
        return queryText("SELECT id, display_name FROM team WHERE tenancy_id = :tenant AND id = :id " + strength)
                .bind("id", id)
                .mapTo(Team.class)
                .findOne()
                .orElseThrow(TeamStore::notFound);
    }

    private static ApiException notFound() {
        return new ApiException(404, "TEAM_NOT_FOUND", "There is no such team");
    }

    static ApiException noMember() {
        return new ApiException(404, "TEAM_MEMBERSHIP_NOT_FOUND", "The user is no member of this team");
    }

    void add(UUID id, String displayName) {
        updateText("INSERT INTO team (tenancy_id, id, display_name) VALUES (:tenant, :id, :name)")
                .bind("id", id)
                .bind("name", displayName)
                .execute();
    }

    void rename(UUID id, String displayName) {
        updateText("UPDATE team SET display_name = :name WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .bind("name", displayName)
                .execute();
    }

    /** With members, permissions and invitations; it is no longer anybody's selected team. */
    void delete(UUID id) {
        lock(id, "FOR UPDATE");
        update("unselect-team").bind("id", id).execute();
        updateText("DELETE FROM team WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .execute();
    }

    List<Member> members(UUID team) {
        return query("list-members").bind("team", team).mapTo(Member.class).list();
    }

    void addMember(UUID team, UUID user) {
        updateText(
                        "INSERT INTO team_member (tenancy_id, team_id, user_id) VALUES (:tenant, :team, :user) ON CONFLICT DO NOTHING")
                .bind("team", team)
                .bind("user", user)
                .execute();
    }

    /** @throws ApiException 404 if the user is no member */
    void removeMember(UUID team, UUID user) {
        new UserStore(handle, tenant).change(user, () -> {
            int removed = updateText(
                            "DELETE FROM team_member WHERE tenancy_id = :tenant AND team_id = :team AND user_id = :user")
                    .bind("team", team)
                    .bind("user", user)
                    .execute();
            if (removed == 0) {
                throw noMember();
            }
            updateText(
                            "UPDATE project_user SET selected_team_id = NULL WHERE tenancy_id = :tenant AND id = :user AND selected_team_id = :team")
                    .bind("team", team)
                    .bind("user", user)
                    .execute();
        });
    }
}
