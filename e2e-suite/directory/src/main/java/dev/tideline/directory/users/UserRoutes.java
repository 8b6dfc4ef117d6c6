package dev.tideline.directory.users;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.passwords.PasswordStore;
import dev.tideline.directory.passwords.SecretHash;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /users}. */
public record UserRoutes(Database database, SecretHash hash, EmailChange.Begin emails) {

    /** A user created by a server: neither waitlisted nor asked to verify what the server vouches for. */
    record NewUser(
            String displayName,
            Optional<String> primaryEmail,
            Boolean primaryEmailVerified,
            Optional<String> password) {}

    public void addTo(Api api) {
        api.get("/users", Access.SERVER, "Lists users; restricted ones only if asked for")
                .query("include_restricted", "boolean", "adds restricted users, but for anonymous ones")
                .query("include_anonymous", "boolean", "adds anonymous and other restricted users")
                .query("only_anonymous", "boolean", "leaves out all others; with include_anonymous")
                .query("limit", "integer", "1 to 200, otherwise 50")
                .query("cursor", "string", "next_cursor of the page before")
                .gives(OpenApi.listOf(UserJson.class))
                .by(this::list);
        api.post("/users", Access.SERVER, "Makes a user")
                .takes(NewUser.class)
                .gives(201, UserJson.class)
                .by(this::add);
        api.get("/users/{user_id}", Access.USER_OR_SERVER, "Shows a user")
                .gives(UserJson.class)
                .by(this::show);
        api.patch("/users/{user_id}", Access.USER_OR_SERVER, "Changes a user")
                .takes(UserPatch.class)
                .gives(UserJson.class)
                .by(this::patch);
        api.delete("/users/{user_id}", Access.USER_OR_SERVER, "Deletes a user with everything that belongs to it")
                .by(this::delete);
    }

    private Items<UserJson> list(Call call) {
        UserFilter filter = new UserFilter(
                call.flag("include_restricted"), call.flag("include_anonymous"), call.flag("only_anonymous"));
        int limit = call.limit(50);
        Optional<UserStore.Cursor> after = call.query("cursor").map(UserStore.Cursor::parse);
        List<User> users =
                database.inTransaction(handle -> new UserStore(handle, call.tenant()).list(filter, after, limit));
        Optional<String> next = users.size() < limit
                ? Optional.empty()
                : Optional.of(UserStore.Cursor.of(users.get(limit - 1)).toString());
        return new Items<>(users.stream().map(user -> UserJson.of(user, true)).toList(), next);
    }

    private UserJson add(Call call) {
        NewUser wanted = call.body(NewUser.class);
        String name = Check.text(wanted.displayName(), "display_name", Users.LONGEST_NAME);
        Optional<String> passwordHash = Optional.ofNullable(wanted.password())
                .flatMap(password -> password)
                .map(password -> hash.of(SecretHash.newPassword(password)));
        UUID id = UUID.randomUUID();
        return database.inTransaction(handle -> {
            UserStore users = new UserStore(handle, call.tenant());
            users.add(id, name, false);
            passwordHash.ifPresent(value -> new PasswordStore(handle, call.tenant()).set(id, value));
            EmailChange email = emails.of(handle, call.tenant(), id);
            if (passwordHash.isPresent()) {
                email.signsIn();
            }
            if (wanted.primaryEmail() != null || wanted.primaryEmailVerified() != null) {
                email.apply(wanted.primaryEmail(), wanted.primaryEmailVerified());
            }
            return UserJson.of(users.get(id), true);
        });
    }

    private UserJson show(Call call) {
        UUID id = call.user();
        return UserJson.of(
                database.inTransaction(handle -> new UserStore(handle, call.tenant()).get(id)), call.byServer());
    }

    private UserJson patch(Call call) {
        UUID id = call.user();
        UserPatch body = call.body(UserPatch.class);
        UserPatch patch = call.byServer() ? body : body.byClient();
        User user = database.inTransaction(handle -> Users.patch(handle, call.tenant(), id, patch, emails));
        return UserJson.of(user, call.byServer());
    }

    private Object delete(Call call) {
        UUID id = call.user();
        if (!database.inTransaction(handle -> new UserStore(handle, call.tenant()).delete(id))) {
            throw UserStore.notFound();
        }
        return null;
    }
}
