package dev.tideline.directory.teams;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.users.UserStore;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What users may do, in a team and in the project. */
public record PermissionRoutes(Database database) {

    private static final String IN_TEAM = "/teams/{team_id}/members/{user_id}/permissions/{permission_id}";
    private static final String IN_PROJECT = "/users/{user_id}/permissions";

    record Permissions(List<String> permissionIds) {}

    public void addTo(Api api) {
        api.put(IN_TEAM, Access.SERVER, "Grants a member a permission in its team")
                .by(call -> found(
                        in(
                                call,
                                permissions -> permissions.grantInTeam(
                                        call.id("team_id"), call.id("user_id"), permission(call))),
                        TeamStore.noMember()));
        api.delete(IN_TEAM, Access.SERVER, "Takes a permission in a team back")
                .by(call -> found(
                        in(
                                call,
                                permissions -> permissions.revokeInTeam(
                                        call.id("team_id"), call.id("user_id"), permission(call))),
                        notGranted()));
        api.get(IN_PROJECT, Access.USER_OR_SERVER, "Lists a user's permissions in the project")
                .gives(Permissions.class)
                .by(this::list);
        api.put(IN_PROJECT + "/{permission_id}", Access.SERVER, "Grants a user a permission in the project")
                .by(call -> found(
                        in(call, permissions -> permissions.grantInProject(call.id("user_id"), permission(call))),
                        UserStore.notFound()));
        api.delete(IN_PROJECT + "/{permission_id}", Access.SERVER, "Takes a permission in the project back")
                .by(call -> found(
                        in(call, permissions -> permissions.revokeInProject(call.id("user_id"), permission(call))),
                        notGranted()));
    }

    private <T> T in(Call call, Function<PermissionStore, T> work) {
        return database.inTransaction(handle -> work.apply(new PermissionStore(handle, call.tenant())));
    }

    private Permissions list(Call call) {
        UUID user = call.user();
        return database.inTransaction(handle -> {
            new UserStore(handle, call.tenant()).get(user);
            return new Permissions(new PermissionStore(handle, call.tenant()).inProject(user));
        });
    }

    private static String permission(Call call) {
        return Check.text(call.path("permission_id"), "permission_id", 100);
    }

    private static Object found(boolean found, ApiException otherwise) {
        if (!found) {
            throw otherwise;
        }
        return null;
    }

    private static ApiException notGranted() {
        return new ApiException(404, "PERMISSION_NOT_FOUND", "The user does not have this permission");
    }
}
