package dev.tideline.sync.mapping;

import dev.tideline.sync.config.NearestName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the tables and columns that a configuration names, and suggests the name that was probably meant if there is
 * none.
 */
record TableLookup(SourceCatalog catalog, Findings findings, String role) {

    /** A table on which a trigger can see every change. */
    Optional<SourceTable> tracked(String path, String written) throws SQLException {
        Optional<SourceTable> table = readable(path, written);
        if (table.isPresent() && !table.get().canBeTracked()) {
            findings.add(
                    path,
                    table.get().name() + " is " + table.get().kindInWords()
                            + ", and changes can only be captured in ordinary and partitioned tables",
                    "Map the table that it reads, with select and depends_on.");
            return Optional.empty();
        }
        if (table.isPresent() && table.get().unlogged()) {
            findings.add(
                    path,
                    table.get().name() + " or a partition of it is UNLOGGED: a crash of the source empties it, and no"
                            + " trigger notices",
                    "Run: ALTER TABLE " + table.get().name().sql() + " SET LOGGED; on each of them.");
        }
        return table;
    }

    /** A table, view or foreign table whose rows our role can read. */
    Optional<SourceTable> readable(String path, String written) throws SQLException {
        TableName name = TableName.parse(written);
        if (isOurs(name)) {
            findings.add(path, name + " belongs to Postgres or to Tideline itself", "Name a table of your own.");
            return Optional.empty();
        }
        Optional<SourceTable> table = catalog.table(name);
        if (table.isEmpty()) {
            findings.add(path, "there is no table " + name + " in the source", meant(name));
            return Optional.empty();
        }
        SourceTable found = table.get();
        if (!found.canBeRead()) {
            findings.add(path, name + " is " + found.kindInWords() + ", not a table", "Name a table.");
            return Optional.empty();
        }
        if (!found.mayUseSchema()) {
            findings.add(
                    path,
                    "the role " + role + " may not use the schema " + name.schema(),
                    "Run: GRANT USAGE ON SCHEMA " + Sql.identifier(name.schema()) + " TO " + Sql.identifier(role)
                            + ";");
        }
        if (!found.maySelect()) {
            findings.add(
                    path,
                    "the role " + role + " may not read " + name,
                    "Run: GRANT SELECT ON " + name.sql() + " TO " + Sql.identifier(role) + ";");
        } else if (found.rowsHidden()) {
            findings.add(
                    path,
                    "row-level security hides rows of " + name + " from the role " + role,
                    found.owner().equals(role)
                            ? "Run: ALTER TABLE " + name.sql() + " NO FORCE ROW LEVEL SECURITY; or ALTER ROLE "
                                    + Sql.identifier(role) + " BYPASSRLS;"
                            : "Run: ALTER ROLE " + Sql.identifier(role)
                                    + " BYPASSRLS; or connect as the owner of the table.");
        }
        return table;
    }

    private static boolean isOurs(TableName name) {
        return name.schema().equals("pg_catalog")
                || name.schema().equals("information_schema")
                || name.schema().equals("tideline");
    }

    private String meant(TableName name) throws SQLException {
        List<TableName> relations = catalog.relations();
        List<String> sameName = relations.stream()
                .filter(relation -> relation.name().equals(name.name()))
                .map(TableName::toString)
                .toList();
        if (!sameName.isEmpty()) {
            return NearestName.list(sameName);
        }
        return NearestName.hint(
                name.toString(),
                relations.stream().map(TableName::toString).toList(),
                "Names are exact: schema.table, or table for one in public, without quotes.");
    }

    /** The columns with these names; those that do not exist are missing from the result. */
    List<SourceTable.SourceColumn> columns(String path, SourceTable table, List<String> names) {
        List<SourceTable.SourceColumn> found = new ArrayList<>();
        for (String name : names) {
            SourceTable.SourceColumn column = table.columns().get(name);
            if (column == null) {
                findings.add(
                        path,
                        "there is no column \"" + name + "\" in " + table.name(),
                        NearestName.hint(name, table.columns().keySet()));
            } else {
                found.add(column);
            }
        }
        return found;
    }

    /** The same for columns whose values triggers have to see. */
    List<SourceTable.SourceColumn> capturable(String path, SourceTable table, List<String> names) {
        List<SourceTable.SourceColumn> found = columns(path, table, names);
        for (SourceTable.SourceColumn column : found) {
            if (column.virtual()) {
                findings.add(
                        path,
                        "the column \"" + column.column().name() + "\" of " + table.name()
                                + " is computed when it is read (VIRTUAL), and triggers do not see its value",
                        "Have it STORED, or name a column that it is computed from.");
            }
        }
        return found;
    }
}
