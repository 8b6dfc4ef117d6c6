package dev.tideline.directory.onboarding;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.users.User;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Users who would be restricted by a setting and are not yet. */
final class AffectedUsers extends Store {

    AffectedUsers(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(User.class));
    }

    /** Users who are not restricted and have no verified primary email, in the order of signing up. */
    List<User> ofEmailVerification(int limit) {
        return query("list-affected-users")
                .bind("limit", limit)
                .mapTo(User.class)
                .list();
    }

    long countOfEmailVerification() {
        return query("count-affected-users").mapTo(Long.class).one();
    }
}
