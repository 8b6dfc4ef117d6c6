package dev.tideline.directory.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * SQL about one tenant, within the transaction of a handle. Each statement has {@code :tenant} bound, and one that does
 * not use it fails at its first run.
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
        return queryText(Sql.read(getClass(), name));
    }

    /** @param name of the SQL file beside this class, without {@code .sql} */
    protected final Update update(String name) {
        return updateText(Sql.read(getClass(), name));
    }

    /** For a statement of one line. */
    protected final Query queryText(String sql) {
        return handle.createQuery(byTenant(sql)).bind("tenant", tenant);
    }

    /** For a statement of one line. */
    protected final Update updateText(String sql) {
        return handle.createUpdate(byTenant(sql)).bind("tenant", tenant);
    }

    private static String byTenant(String sql) {
        if (!sql.contains(":tenant")) {
            throw new IllegalStateException("A statement of a store must say whose rows it means, by :tenant: " + sql);
        }
        return sql;
    }
}
