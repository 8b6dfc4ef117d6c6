package dev.tideline.sync.capture;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.layout.TenantSql;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

final class Views {

    private Views() {}

    static void replace(Connection connection, InstalledLayout layout) throws SQLException {
        Jdbc.inTransaction(connection, () -> {
            drop(connection);
            List<InstalledStream> roots = layout.streams().stream()
                    .filter(s -> s.stream().kind() == Stream.Kind.ROOT)
                    .toList();
            for (InstalledStream root : roots) {
                Jdbc.execute(connection, function(root));
            }
            if (!roots.isEmpty()) {
                String parts = roots.stream()
                        .map(root -> "SELECT * FROM tideline.row_state_" + root.id() + "()")
                        .collect(Collectors.joining("\nUNION ALL\n"));
                Jdbc.execute(connection, "CREATE VIEW tideline.row_state AS\n" + parts);
                Jdbc.execute(
                        connection,
                        "CREATE VIEW tideline.deleted_row AS SELECT * FROM tideline.row_state WHERE deleted");
            }
            return roots;
        });
    }

    static void drop(Connection connection) throws SQLException {
        Jdbc.execute(connection, SqlTemplate.text("1-capture/drop-views"));
    }

    private static String function(InstalledStream installed) {
        Stream stream = installed.stream();
        List<Column> key = stream.key();
        return SqlTemplate.of("1-capture/row-state")
                .with("stream", installed.id())
                .with("table", Sql.literal(stream.table().toString()))
                .with("ledger", installed.ledger())
                .with("keys", Sql.numbered(key, (i, c) -> "k" + i))
                .with("root", stream.table().sql())
                .with("ledgerKey", keyText(Sql.numbered(key, (i, c) -> "l.k" + i + "::text"), key.size()))
                .with("rootKey", keyText(Sql.list(key, c -> c.sql("r") + "::text"), key.size()))
                .with("join", Sql.numbered(key, " AND ", (i, c) -> c.isInLedger("r", "l.k" + i)))
                .with("rootTenant", TenantSql.text(stream.tenant(), "r"))
                .with("tenantPresent", Sql.and(stream.tenant(), c -> c.sql("r") + " IS NOT NULL"))
                .fill();
    }

    /** One key column as its text, several as a JSON array of texts: readable and unambiguous. */
    private static String keyText(String texts, int columns) {
        return columns == 1 ? texts : "jsonb_build_array(" + texts + ")::text";
    }
}
