package dev.tideline.directory.teams;

import dev.tideline.directory.database.Store;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What users may do: in a team, or in the whole project. Ids are the tenant's own. */
final class PermissionStore extends Store {

    PermissionStore(Handle handle, String tenant) {
        super(handle, tenant);
    }

    List<String> inProject(UUID user) {
        return queryText(
                        "SELECT permission_id FROM project_permission WHERE tenancy_id = :tenant AND user_id = :user ORDER BY 1")
                .bind("user", user)
                .mapTo(String.class)
                .list();
    }

    /** @return whether there is such a user */
    boolean grantInProject(UUID user, String permission) {
        return update("grant-in-project")
                        .bind("user", user)
                        .bind("permission", permission)
                        .execute()
                == 1;
    }

    boolean revokeInProject(UUID user, String permission) {
        return updateText(
                                "DELETE FROM project_permission WHERE tenancy_id = :tenant AND user_id = :user AND permission_id = :permission")
                        .bind("user", user)
                        .bind("permission", permission)
                        .execute()
                == 1;
    }

    /** @return whether the user is a member of the team */
    boolean grantInTeam(UUID team, UUID user, String permission) {
        return update("grant-in-team")
                        .bind("team", team)
                        .bind("user", user)
                        .bind("permission", permission)
                        .execute()
                == 1;
    }

    boolean revokeInTeam(UUID team, UUID user, String permission) {
        return update("revoke-in-team")
                        .bind("team", team)
                        .bind("user", user)
                        .bind("permission", permission)
                        .execute()
                == 1;
    }
}
