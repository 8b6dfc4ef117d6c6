package dev.tideline.sync.capture;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What stands in the source. Immutable.
 *
 * @param mappings name to definition, as they were installed
 */
public record InstalledLayout(
        List<InstalledStream> streams, List<InstalledDependency> dependencies, Map<String, String> mappings) {

    /** Where a dependency stream meets a root stream. */
    public record InstalledDependency(int id, int stream, int rootStream, List<Column> rootColumns) {}

    /** Reads it; empty where Tideline is not installed. */
    public static Optional<InstalledLayout> read(Connection source) throws SQLException {
        boolean there = Jdbc.one(source, "SELECT to_regclass('tideline.stream') IS NOT NULL", row -> row.getBoolean(1));
        if (!there) {
            return Optional.empty();
        }
        List<InstalledStream> streams = Jdbc.list(
                source,
                "SELECT stream_id, incarnation, kind, table_schema, table_name, columns, types, tenant_columns"
                        + " FROM tideline.stream ORDER BY stream_id",
                row -> new InstalledStream(
                        row.getInt(1),
                        row.getObject(2, UUID.class),
                        new Stream(
                                Stream.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                new TableName(row.getString(4), row.getString(5)),
                                columns(Jdbc.strings(row.getArray(6)), Jdbc.strings(row.getArray(7))),
                                row.getInt(8))));
        List<InstalledDependency> dependencies = Jdbc.list(
                source,
                "SELECT dependency_id, stream_id, root_stream, root_columns, root_types"
                        + " FROM tideline.dependency ORDER BY dependency_id",
                row -> new InstalledDependency(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        columns(Jdbc.strings(row.getArray(4)), Jdbc.strings(row.getArray(5)))));
        Map<String, String> mappings = Jdbc.list(
                        source,
                        "SELECT name, definition FROM tideline.mapping",
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return Optional.of(new InstalledLayout(streams, dependencies, mappings));
    }

    /** The stream with this id. */
    public InstalledStream stream(int id) {
        return streams.stream().filter(s -> s.id() == id).findFirst().orElseThrow();
    }

    /** The root stream of a mapping. */
    public InstalledStream rootOf(Mapping mapping) {
        return find(Layout.root(mapping)).orElseThrow();
    }

    Optional<InstalledStream> find(Stream wanted) {
        return streams.stream().filter(s -> same(s.stream(), wanted)).findFirst();
    }

    private static boolean same(Stream a, Stream b) {
        return a.kind() == b.kind()
                && a.table().equals(b.table())
                && a.columnNames().equals(b.columnNames())
                && a.columnTypes().equals(b.columnTypes())
                && a.tenantColumns() == b.tenantColumns();
    }

    /** What a plan has that is not installed, or is installed otherwise; empty when they agree. */
    public List<String> differences(SyncPlan plan) {
        List<String> differences = new ArrayList<>();
        for (Mapping mapping : plan.mappings()) {
            String definition = mappings.get(mapping.name());
            if (definition == null) {
                differences.add("mapping " + mapping.name() + " is not installed");
            } else if (!definition.equals(Layout.definition(mapping))) {
                differences.add("mapping " + mapping.name() + " was installed with another definition");
            }
        }
        for (Stream stream : Layout.streams(plan)) {
            if (find(stream).isEmpty() && stream.kind() != Stream.Kind.ROOT) {
                differences.add("table " + stream.table() + " is not captured");
            }
        }
        mappings.keySet().stream()
                .filter(name -> plan.mappings().stream().noneMatch(m -> m.name().equals(name)))
                .sorted()
                .forEach(name -> differences.add("mapping " + name + " is installed and no longer configured"));
        return differences;
    }

    private static List<Column> columns(List<String> names, List<String> types) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(names.get(i), types.get(i), types.get(i), false, true));
        }
        return columns;
    }
}
