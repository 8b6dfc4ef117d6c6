package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Check;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Changes of users. */
final class Users {

    static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 2_000;

    private Users() {}

    static User patch(Handle handle, String tenant, UUID id, UserPatch patch, EmailChange.Begin emails) {
        UserStore users = new UserStore(handle, tenant);
        if (patch.selectedTeamId() != null) {
            patch.selectedTeamId().ifPresent(users::keepTeam);
        }
        return users.change(id, () -> {
            Check.textIfSent(patch.displayName(), "display_name", LONGEST_NAME)
                    .ifPresent(name -> users.rename(id, name));
            if (patch.restricts()) {
                AdminRestriction before = users.get(id).adminRestriction();
                users.restrict(
                        id,
                        before.change(
                                patch.restrictedByAdmin(),
                                Check.textOrNull(
                                        patch.restrictedByAdminReason(), "restricted_by_admin_reason", LONGEST_REASON),
                                Check.textOrNull(
                                        patch.restrictedByAdminPrivateDetails(),
                                        "restricted_by_admin_private_details",
                                        LONGEST_REASON)));
            }
            if (patch.selectedTeamId() != null && !users.selectTeam(id, patch.selectedTeamId())) {
                throw ApiException.schema("selected_team_id", "must be a team that the user is a member of");
            }
            if (patch.primaryEmail() != null || patch.primaryEmailVerified() != null) {
                emails.of(handle, tenant, id).apply(patch.primaryEmail(), patch.primaryEmailVerified());
            }
        });
    }
}
