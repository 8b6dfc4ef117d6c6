package dev.tideline.sync.mapping;

import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a mapping's {@code select} must return: columns with distinct names, including the key. */
record SelectRules(UserSql userSql, Findings findings) {

    private static final String UNNAMED = "?column?";

    /** The columns that the select returns; some of them, or none, if it has a problem, which is noted. */
    List<Column> columns(String path, SourceTable root, List<Column> key, String select) throws SQLException {
        Optional<List<Column>> described = userSql.columns(path, select);
        if (described.isEmpty()) {
            return List.of();
        }
        List<Column> columns = described.get();
        List<String> names = columns.stream().map(Column::name).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equals(UNNAMED)) {
                findings.add(path, "column " + (i + 1) + " has no name", "Give it one: … AS name.");
            } else if (!seen.add(name)) {
                findings.add(path, "two columns are called \"" + name + "\"", "Rename one of them: … AS name.");
            }
        }
        for (Column column : key) {
            int at = names.indexOf(column.name());
            if (at < 0) {
                findings.add(
                        path,
                        "the key column \"" + column.name() + "\" is not among the columns of the select",
                        "Add r." + column.sql() + " to it.");
            } else if (Collections.frequency(names, column.name()) == 1 && !isJoinable(root, column, select)) {
                findings.add(
                        path,
                        "the key column \"" + column.name() + "\" is of type "
                                + columns.get(at).type() + " here and of type " + column.type() + " in " + root.name(),
                        "Select it as it is: r." + column.sql() + ".");
            }
        }
        return columns;
    }

    private boolean isJoinable(SourceTable root, Column key, String select) throws SQLException {
        return userSql.accepts("SELECT 1 FROM (\n" + select + "\n) AS q JOIN "
                + root.name().sql() + " AS r ON " + key.sql("q") + " = " + key.sql("r") + " LIMIT 0");
    }
}
