package dev.tideline.e2e;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every row of a database's system catalogs, to compare two states of a schema: with object ids, so that even something
 * that was dropped and created again differs. Unlike {@code pg_dump}, it reads servers of any major version.
 */
public final class CatalogRows {

    /** Figures of planner and vacuum; and {@code relhastriggers}, which the server leaves set until the next vacuum. */
    private static final String VOLATILE = "{relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,"
            + "relhastriggers,datfrozenxid,datminmxid}";

    private final Set<String> rows;

    private CatalogRows(Set<String> rows) {
        this.rows = rows;
    }

    /** The current rows. */
    public static CatalogRows of(ServerAddress server, String database) throws SQLException {
        Set<String> rows = new TreeSet<>();
        for (String catalog : server.texts(
                database,
                "SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'"
                        + " AND relname NOT LIKE 'pg_statistic%'")) {
            server.texts(
                            database,
                            "SELECT (to_jsonb(c) - '" + VOLATILE + "'::text[])::text FROM pg_catalog." + catalog + " c")
                    .forEach(row -> rows.add(catalog + " " + row));
        }
        return new CatalogRows(rows);
    }

    /** What the other has in addition ({@code +}) and what it lacks ({@code -}), one line each. */
    public List<String> changesTo(CatalogRows other) {
        List<String> changes = new ArrayList<>();
        other.rows.stream().filter(row -> !rows.contains(row)).forEach(row -> changes.add("+ " + row));
        rows.stream().filter(row -> !other.rows.contains(row)).forEach(row -> changes.add("- " + row));
        return changes;
    }
}
