package dev.tideline.sync.mapping;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Checks that the table of external databases has the columns that are read from it. */
record ExternalDatabasesTable(TableLookup lookup, Findings findings) {

    private static final String PATH = "external_databases.table";
    private static final List<String> COLUMNS = List.of("tenant", "name", "url", "enabled");

    void check(String written) throws SQLException {
        Optional<SourceTable> table = lookup.readable(PATH, written);
        if (table.isEmpty()) {
            return;
        }
        lookup.columns(PATH, table.get(), COLUMNS);
        SourceTable.SourceColumn enabled = table.get().columns().get("enabled");
        if (enabled != null && !enabled.column().plainType().equals("boolean")) {
            findings.add(
                    PATH,
                    "the column \"enabled\" of " + table.get().name() + " is of type "
                            + enabled.column().type() + ", and must be boolean",
                    "");
        }
    }
}
