package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mappings written out for a test: columns as {@code "name type"}. */
final class Mappings {

    private Mappings() {}

    /** Table {@code users} with tenant column {@code tenant integer} and key {@code id}, to table {@code users}. */
    static Mapping users(String... columns) {
        return of("users", Optional.empty(), Optional.empty(), List.of("id"), columns);
    }

    static Mapping of(
            String table, Optional<String> select, Optional<String> where, List<String> key, String... columns) {
        String[][] split = java.util.Arrays.stream(columns)
                .map(column -> column.split(" ", 2))
                .toArray(String[][]::new);
        return of(table, select, where, key, split);
    }

    static Mapping of(
            String table, Optional<String> select, Optional<String> where, List<String> key, String[][] columns) {
        List<Column> all = new ArrayList<>();
        for (String[] column : columns) {
            all.add(column(column[0], column[1]));
        }
        return new Mapping(
                table,
                TableName.parse(table),
                List.of(column("tenant", "integer")),
                key.stream()
                        .map(name -> all.stream()
                                .filter(c -> c.name().equals(name))
                                .findFirst()
                                .orElseThrow())
                        .toList(),
                TableName.parse(table),
                all,
                select,
                where,
                List.of());
    }

    private static Column column(String name, String type) {
        return new Column(name, type, type, true, true);
    }
}
