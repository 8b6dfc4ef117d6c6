package dev.tideline.sync.mapping;

import dev.tideline.sync.config.ConfigPath;
import dev.tideline.sync.config.MappingConfig;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks one mapping against the source. */
record MappingReader(TableLookup lookup, UserSql userSql, TypeCatalog types, Findings findings) {

    /** A staging table needs one more column, for the flag that the row is gone. */
    private static final int MOST_COLUMNS = 1_599;

    /** The resolved mapping; empty if it has a problem, which is noted. */
    Optional<Mapping> resolve(String path, MappingConfig config) throws SQLException {
        int before = findings.count();
        Optional<SourceTable> found = lookup.tracked(path + ".table", config.table());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SourceTable table = found.get();
        List<Column> tenant = plain(lookup.capturable(path + ".tenant", table, config.tenant()));
        List<Column> key = key(path, table, config.key());
        Optional<String> where =
                config.where().isPresent() ? where(path, table, config.where().get()) : Optional.empty();
        Optional<String> select = Optional.empty();
        List<Column> columns = plain(List.copyOf(table.columns().values()));
        if (config.select().isPresent()) {
            select = userSql.complete(path + ".select", config.select().get());
            columns = select.isPresent()
                    ? new SelectRules(userSql, findings).columns(path + ".select", table, key, select.get())
                    : List.of();
        }
        if (columns.size() > MOST_COLUMNS) {
            findings.add(
                    path + (select.isPresent() ? ".select" : ".table"),
                    "the mapping has " + columns.size() + " columns, and at most " + MOST_COLUMNS
                            + " can be staged at a target, one less than a table of Postgres may have",
                    "Leave columns out with select.");
        }
        List<Mapping.Dependency> dependencies = dependencies(path, table, config);
        if (findings.count() > before) {
            return Optional.empty();
        }
        return Optional.of(new Mapping(
                config.name(),
                table.name(),
                tenant,
                key,
                TableName.parse(config.target()),
                columns,
                select,
                where,
                dependencies));
    }

    private List<Column> key(String path, SourceTable table, List<String> names) {
        List<SourceTable.SourceColumn> columns = lookup.columns(path + ".key", table, names);
        if (columns.size() < names.size()) {
            return plain(columns);
        }
        String list = String.join(", ", names);
        if (table.uniqueKeys().isEmpty()) {
            findings.add(
                    path + ".key",
                    table.name() + " has no primary key and no unique index, so its rows cannot be told apart",
                    "Add a primary key, for example: ALTER TABLE "
                            + table.name().sql()
                            + " ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY; or remove the mapping.");
        } else if (!table.isUnique(names)) {
            findings.add(
                    path + ".key",
                    "no primary key or unique index of " + table.name() + " says that " + list
                            + (names.size() == 1 ? " is unique" : " are unique together"),
                    "Use one that does: key: ["
                            + String.join(", ", table.uniqueKeys().get(0)) + "], or add a unique index on " + list
                            + ".");
        }
        for (SourceTable.SourceColumn column : columns) {
            if (!column.notNull()) {
                findings.add(
                        path + ".key",
                        "the key column \"" + column.column().name() + "\" of " + table.name() + " can be NULL",
                        "Run: ALTER TABLE " + table.name().sql() + " ALTER COLUMN "
                                + column.column().sql() + " SET NOT NULL;");
            }
        }
        return plain(columns);
    }

    private Optional<String> where(String path, SourceTable table, String written) throws SQLException {
        String at = path + ".where";
        Optional<String> where = userSql.complete(at, written);
        if (where.isEmpty() || table.rowsHidden()) { // hidden rows are a problem of the table, which is noted there
            return where;
        }
        String before = "SELECT 1 FROM " + table.name().sql() + " AS r WHERE (\n";
        return userSql.fits(at, before, where.get(), "\n) LIMIT 0") ? where : Optional.empty();
    }

    private List<Mapping.Dependency> dependencies(String path, SourceTable root, MappingConfig config)
            throws SQLException {
        List<Mapping.Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < config.dependsOn().size(); i++) {
            MappingConfig.DependencyConfig dependency = config.dependsOn().get(i);
            String at = ConfigPath.of(path + ".depends_on", i);
            Optional<SourceTable> other = lookup.tracked(at + ".table", dependency.table());
            List<String> names = List.copyOf(dependency.key().keySet());
            List<Column> ours = plain(lookup.columns(at + ".key", root, names));
            if (other.isEmpty()) {
                continue;
            }
            List<Column> theirs = plain(lookup.capturable(
                    at + ".key", other.get(), List.copyOf(dependency.key().values())));
            if (ours.size() == names.size() && theirs.size() == names.size()) {
                comparable(at, root, ours, other.get(), theirs);
                dependencies.add(new Mapping.Dependency(other.get().name(), ours, theirs));
            }
        }
        return dependencies;
    }

    private void comparable(String at, SourceTable root, List<Column> ours, SourceTable other, List<Column> theirs)
            throws SQLException {
        for (int i = 0; i < ours.size(); i++) {
            Column one = ours.get(i);
            Column two = theirs.get(i);
            if (!types.comparable(one, two)) {
                findings.add(
                        ConfigPath.of(at + ".key", one.name()),
                        root.name() + "." + one.name() + " is of type " + one.type() + " and " + other.name() + "."
                                + two.name() + " of type " + two.type() + ", and Postgres cannot compare the two",
                        "Name two columns that hold the same thing.");
            }
        }
    }

    private static List<Column> plain(List<SourceTable.SourceColumn> columns) {
        return columns.stream().map(SourceTable.SourceColumn::column).toList();
    }
}
