package dev.tideline.sync.layout;

import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is installed in the source. Immutable.
 *
 * @param version raised by every install that changed anything
 * @param mappings by name
 */
public record InstalledLayout(
        long version,
        List<InstalledStream> streams,
        List<InstalledDependency> dependencies,
        Map<String, InstalledMapping> mappings) {

    /**
     * A mapping as it was installed.
     *
     * @param definition digest of everything that determines a target row
     * @param stream the root stream that captures it
     * @param details the input of the digest; empty if an early version installed it
     */
    public record InstalledMapping(String name, String definition, int stream, Optional<MappingDetails> details) {}

    /** How a dependency stream is joined with a root stream. */
    public record InstalledDependency(int id, int stream, int rootStream, List<Column> rootColumns) {}

    /** Reads it; empty if Tideline is not installed. */
    public static Optional<InstalledLayout> read(Connection source) throws SQLException {
        boolean installed =
                Jdbc.one(source, "SELECT to_regclass('tideline.stream') IS NOT NULL", row -> row.getBoolean(1));
        if (!installed) {
            return Optional.empty();
        }
        // Read first: if an install follows, the rest is newer than this version, and will be read again.
        long version = Jdbc.one(source, "SELECT version FROM tideline.layout", row -> row.getLong(1));
        List<InstalledStream> streams = Jdbc.list(
                source,
                SqlTemplate.text("1-capture/streams"),
                row -> new InstalledStream(
                        row.getInt(1),
                        row.getObject(2, UUID.class),
                        new Stream(
                                Stream.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                new TableName(row.getString(4), row.getString(5)),
                                columns(
                                        Jdbc.strings(row.getArray(6)),
                                        Jdbc.strings(row.getArray(7)),
                                        Jdbc.strings(row.getArray(10))),
                                row.getInt(8)),
                        Optional.ofNullable(row.getArray(9)).isPresent()
                                ? Optional.of(Jdbc.strings(row.getArray(9)))
                                : Optional.empty()));
        List<InstalledDependency> dependencies = Jdbc.list(
                source,
                SqlTemplate.text("1-capture/dependencies"),
                row -> new InstalledDependency(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        columns(Jdbc.strings(row.getArray(4)), Jdbc.strings(row.getArray(5)), List.of())));
        Map<String, InstalledMapping> mappings = new TreeMap<>();
        Jdbc.list(
                        source,
                        "SELECT name, definition, stream_id, to_jsonb(m) ->> 'details' FROM tideline.mapping m",
                        row -> new InstalledMapping(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                Optional.ofNullable(row.getString(4)).map(MappingDetails::read)))
                .forEach(mapping -> mappings.put(mapping.name(), mapping));
        return Optional.of(new InstalledLayout(version, streams, dependencies, Collections.unmodifiableMap(mappings)));
    }

    /**
     * What is installed, whatever is configured.
     *
     * @throws NotInstalledException if nothing is
     */
    public static InstalledLayout required(Connection source) throws SQLException {
        return read(source)
                .orElseThrow(() -> new NotInstalledException(List.of("Tideline is not installed in this source")));
    }

    /**
     * What is installed, if it is what a plan needs.
     *
     * @throws NotInstalledException otherwise
     */
    public static InstalledLayout require(Connection source, SyncPlan plan) throws SQLException {
        SchemaVersion.check(source);
        Optional<InstalledLayout> installed = read(source);
        List<String> differences = installed
                .map(layout -> layout.differences(plan))
                .orElse(List.of("Tideline is not installed in this source"));
        if (!differences.isEmpty()) {
            throw new NotInstalledException(differences);
        }
        return installed.orElseThrow();
    }

    public InstalledStream stream(int id) {
        return find(id).orElseThrow();
    }

    /** The stream with this id, if it still exists. */
    public Optional<InstalledStream> find(int id) {
        return streams.stream().filter(s -> s.id() == id).findFirst();
    }

    /** The number of columns that identify a tenant. */
    public int tenantColumns() {
        return streams.stream()
                .map(InstalledStream::stream)
                .filter(stream -> stream.kind() == Stream.Kind.ROOT)
                .findFirst()
                .map(Stream::tenantColumns)
                .orElse(1);
    }

    public InstalledStream rootOf(Mapping mapping) {
        return find(Layout.root(mapping)).orElseThrow();
    }

    /** The root stream that a mapping needs, if it exists. */
    public Optional<InstalledStream> rootStream(Mapping mapping) {
        return find(Layout.root(mapping));
    }

    public Optional<InstalledStream> find(Stream wanted) {
        return streams.stream().filter(s -> same(s.stream(), wanted)).findFirst();
    }

    /** Installed streams that are not among these. */
    public List<InstalledStream> obsolete(List<Stream> wanted) {
        return streams.stream()
                .filter(s -> wanted.stream().noneMatch(w -> same(s.stream(), w)))
                .toList();
    }

    private static boolean same(Stream a, Stream b) {
        return a.kind() == b.kind()
                && a.table().equals(b.table())
                && a.columnNames().equals(b.columnNames())
                && a.columnTypes().equals(b.columnTypes())
                && a.textKeys().equals(b.textKeys())
                && a.tenantColumns() == b.tenantColumns();
    }

    /** What the plan needs and is missing or installed differently; empty if they agree. */
    public List<String> differences(SyncPlan plan) {
        List<String> differences = new ArrayList<>();
        for (Mapping mapping : plan.mappings()) {
            InstalledMapping installed = mappings.get(mapping.name());
            if (installed == null) {
                differences.add("mapping " + mapping.name() + " is not installed");
            } else if (!installed.definition().equals(Layout.definition(mapping))) {
                differences.add("mapping " + mapping.name() + " was installed with another definition");
            } else if (rootStream(mapping).isEmpty()) {
                differences.add(
                        "the changes of mapping " + mapping.name() + " are not captured as this version needs it");
            }
        }
        for (Mapping mapping : plan.mappings()) {
            for (Mapping.Dependency dependency : mapping.dependencies()) {
                Stream stream = Layout.dependency(dependency);
                if (find(stream).isEmpty()) {
                    differences.add("changes of " + String.join(", ", stream.columnNames()) + " in table "
                            + stream.table() + ", which mapping " + mapping.name() + " depends on, are not captured");
                }
            }
        }
        plan.config()
                .externalDatabases()
                .table()
                .map(Layout::directory)
                .filter(stream -> find(stream).isEmpty())
                .ifPresent(stream -> differences.add(
                        "changes of " + stream.table() + ", which lists the external databases, are not captured"));
        mappings.keySet().stream()
                .filter(name -> plan.mappings().stream().noneMatch(m -> m.name().equals(name)))
                .forEach(name -> differences.add("mapping " + name + " is installed and no longer configured"));
        return differences;
    }

    private static List<Column> columns(List<String> names, List<String> types, List<String> coarse) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(
                    new Column(names.get(i), types.get(i), types.get(i), false, true, coarse.contains(names.get(i))));
        }
        return columns;
    }
}
