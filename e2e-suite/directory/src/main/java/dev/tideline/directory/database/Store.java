package dev.tideline.directory.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * SQL about one tenant, within the transaction of a handle. Each statement has {@code :tenant} bound, and Jdbi refuses a
 * bound name that the statement does not use: a statement that forgets its tenant fails at its first run.
 */
public abstract class Store {

    protected final Handle handle;
    protected final String tenant;

    protected Store(Handle handle, String tenant) {
        this.handle = handle;
        this.tenant = tenant;
    }

    /** @param name of the SQL file beside this class, without {@code .sql} */
    protected final Query query(String name) {
        return handle.createQuery(Sql.read(getClass(), name)).bind("tenant", tenant);
    }

    /** @param name of the SQL file beside this class, without {@code .sql} */
    protected final Update update(String name) {
        return handle.createUpdate(Sql.read(getClass(), name)).bind("tenant", tenant);
    }

    /** For a statement of one line. */
    protected final Query queryText(String sql) {
        return handle.createQuery(sql).bind("tenant", tenant);
    }

    /** For a statement of one line. */
    protected final Update updateText(String sql) {
        return handle.createUpdate(sql).bind("tenant", tenant);
    }
}
