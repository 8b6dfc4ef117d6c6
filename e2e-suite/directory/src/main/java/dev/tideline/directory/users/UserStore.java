package dev.tideline.directory.users;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Users of one tenant, within one transaction. */
public final class UserStore extends Store {

    public UserStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(User.class));
    }

    public Optional<User> find(UUID id) {
        return queryText("SELECT * FROM directory_user WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .mapTo(User.class)
                .findOne();
    }

    /** @throws ApiException 404 if there is no such user */
    public User get(UUID id) {
        return find(id).orElseThrow(UserStore::notFound);
    }

    /** The answer if there is no such user. */
    public static ApiException notFound() {
        return new ApiException(404, "USER_NOT_FOUND", "There is no such user");
    }

    /**
     * Changes a user: locks its row first, and raises its version if anything visible is different afterwards. Every
     * change of a user, its addresses or its selected team goes through here.
     *
     * @return the user after the change
     * @throws ApiException 404 if there is no such user
     */
    public User change(UUID id, Runnable change) {
        lock(id);
        User before = get(id);
        change.run();
        User after = get(id);
        if (after.equals(before)) {
            return before;
        }
        updateText("UPDATE project_user SET version = version + 1 WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .execute();
        return get(id);
    }

    /**
     * Until the end of the transaction. Not FOR UPDATE, which would have to wait for new rows that refer to the user.
     */
    private void lock(UUID id) {
        queryText("SELECT 1 FROM project_user WHERE tenancy_id = :tenant AND id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .orElseThrow(UserStore::notFound);
    }

    public void add(UUID id, String displayName, boolean anonymous) {
        update("add-user")
                .bind("id", id)
                .bind("displayName", displayName)
                .bind("anonymous", anonymous)
                .execute();
    }

    /** Call within {@link #change}. */
    public void rename(UUID id, String displayName) {
        updateText("UPDATE project_user SET display_name = :name WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .bind("name", displayName)
                .execute();
    }

    /** Call within {@link #change}. */
    public void identify(UUID id) {
        updateText("UPDATE project_user SET is_anonymous = false WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .execute();
    }

    /** Call within {@link #change}. */
    void restrict(UUID id, AdminRestriction restriction) {
        update("restrict-user")
                .bind("id", id)
                .bind("restricted", restriction.restricted())
                .bind("reason", restriction.reason())
                .bind("details", restriction.privateDetails())
                .execute();
    }

    /**
     * Keeps a team from being deleted until the end of the transaction; called before the user is locked, to keep the
     * order of locks.
     */
    void keepTeam(UUID team) {
        queryText("SELECT 1 FROM team WHERE tenancy_id = :tenant AND id = :team FOR KEY SHARE")
                .bind("team", team)
                .mapTo(Integer.class)
                .findOne();
    }

    /** Call within {@link #change}. @return whether the user is a member of the team */
    boolean selectTeam(UUID id, Optional<UUID> team) {
        return update("select-team").bind("id", id).bind("team", team).execute() == 1;
    }

    public boolean delete(UUID id) {
        return updateText("DELETE FROM project_user WHERE tenancy_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** In the order of signing up. @param after the last user of the previous page */
    List<User> list(UserFilter filter, Optional<Cursor> after, int limit) {
        return query("list-users")
                .bind("includeRestricted", filter.includeRestricted())
                .bind("includeAnonymous", filter.includeAnonymous())
                .bind("onlyAnonymous", filter.onlyAnonymous())
                .bind("afterTime", after.map(Cursor::signedUpAt))
                .bind("afterId", after.map(Cursor::id))
                .bind("limit", limit)
                .mapTo(User.class)
                .list();
    }

    /** The end of a page. */
    record Cursor(Instant signedUpAt, UUID id) {

        static Cursor of(User user) {
            return new Cursor(user.signedUpAt(), user.id());
        }

        static Cursor parse(String text) {
            try {
                String[] parts = text.split("_", 2);
                return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            } catch (RuntimeException e) {
                throw ApiException.schema("cursor", "must be a next_cursor that was given before");
            }
        }

        @Override
        public String toString() {
            return signedUpAt + "_" + id;
        }
    }
}
