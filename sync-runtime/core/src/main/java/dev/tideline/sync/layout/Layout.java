package dev.tideline.sync.layout;

import dev.tideline.sync.config.Sha256;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.ColumnsRead;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which streams a plan needs. */
public final class Layout {

    private Layout() {}

    /** Each stream once, root streams first. */
    public static List<Stream> streams(SyncPlan plan) {
        Set<Stream> streams = new LinkedHashSet<>();
        plan.mappings().forEach(mapping -> streams.add(root(mapping)));
        plan.mappings().forEach(mapping -> mapping.dependencies().forEach(d -> streams.add(dependency(d))));
        plan.config().externalDatabases().table().ifPresent(table -> streams.add(directory(table)));
        return List.copyOf(streams);
    }

    /**
     * The columns of dependency streams that mappings read, over all mappings that share a stream. Streams of which any
     * column may matter are missing.
     */
    public static Map<Stream, List<String>> compared(SyncPlan plan, Connection source) throws SQLException {
        ColumnsRead reads = new ColumnsRead(source);
        Map<Stream, Set<String>> columns = new LinkedHashMap<>();
        Set<Stream> unknown = new HashSet<>();
        for (Mapping mapping : plan.mappings()) {
            for (Mapping.Dependency dependency : mapping.dependencies()) {
                Stream stream = dependency(dependency);
                reads.of(mapping, dependency.table())
                        .ifPresentOrElse(
                                read -> columns.computeIfAbsent(stream, s -> new TreeSet<>())
                                        .addAll(read),
                                () -> unknown.add(stream));
            }
        }
        columns.keySet().removeAll(unknown);
        Map<Stream, List<String>> compared = new HashMap<>();
        columns.forEach((stream, read) -> compared.put(stream, List.copyOf(read)));
        return compared;
    }

    /** The stream of a mapping's own table. */
    public static Stream root(Mapping mapping) {
        List<Column> columns = new ArrayList<>(mapping.tenant());
        columns.addAll(mapping.key());
        return new Stream(
                Stream.Kind.ROOT, mapping.table(), columns, mapping.tenant().size());
    }

    public static Stream dependency(Mapping.Dependency dependency) {
        return new Stream(Stream.Kind.DEPENDENCY, dependency.table(), dependency.theirs(), 0);
    }

    static Stream directory(String table) {
        Column tenant = new Column("tenant", "text", "text", true, true);
        return new Stream(Stream.Kind.DIRECTORY, TableName.parse(table), List.of(tenant), 1);
    }

    /** A digest of everything that determines a target row of this mapping. */
    public static String definition(Mapping mapping) {
        StringBuilder text = new StringBuilder();
        part(text, mapping.table().sql());
        part(text, mapping.target().sql());
        mapping.tenant().forEach(column -> part(text, column.sql()));
        part(text, "key");
        mapping.key().forEach(column -> part(text, column.sql()));
        part(text, "columns");
        mapping.columns().forEach(column -> part(text, column.sql() + " " + column.type()));
        part(text, mapping.select().orElse(""));
        part(text, mapping.where().orElse(""));
        mapping.dependencies().forEach(dependency -> {
            part(text, dependency.table().sql());
            dependency.root().forEach(column -> part(text, column.sql()));
            dependency.theirs().forEach(column -> part(text, column.sql()));
        });
        return Sha256.hex(text.toString(), 12);
    }

    /** Tells runtimes that the installation has changed: each compares its own configuration with it again. */
    public static int raiseVersion(Connection connection) throws SQLException {
        return Jdbc.update(connection, "UPDATE tideline.layout SET version = version + 1");
    }

    private static void part(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }
}
