package dev.tideline.sync.mapping;

import dev.tideline.sync.config.ConfigPath;
import dev.tideline.sync.config.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether our role may do in the source what {@code install} does there. Running needs none of these rights. */
public final class SourceRights {

    private SourceRights() {}

    /**
     * The rights that the role lacks, each with the statement that grants it; empty if it has all.
     *
     * @param connection to the source, outside a transaction; left as it was
     * @throws SQLException if the connection is lost
     */
    public static List<Problem> missing(SyncPlan plan, Connection connection) throws SQLException {
        Findings findings = new Findings(plan.config().positions());
        try (SourceSession session = new SourceSession(connection)) {
            SourceCatalog catalog = new SourceCatalog(session.connection());
            SourceServer server = catalog.server();
            if (!server.mayCreate() && !server.installed()) {
                findings.add(
                        "source.url",
                        "the role " + server.role() + " may not create the schema tideline in the database "
                                + server.database(),
                        "Run: GRANT CREATE ON DATABASE " + Sql.identifier(server.database()) + " TO "
                                + Sql.identifier(server.role()) + ";");
            }
            Set<TableName> seen = new TreeSet<>();
            for (Mapping mapping : plan.mappings()) {
                String path = ConfigPath.of("mappings", mapping.name());
                trigger(path + ".table", mapping.table(), seen, catalog, server, findings);
                for (int i = 0; i < mapping.dependencies().size(); i++) {
                    String at = ConfigPath.of(path + ".depends_on", i) + ".table";
                    trigger(at, mapping.dependencies().get(i).table(), seen, catalog, server, findings);
                }
            }
            Optional<String> directory = plan.config().externalDatabases().table();
            if (directory.isPresent()) {
                trigger("external_databases.table", TableName.parse(directory.get()), seen, catalog, server, findings);
            }
        }
        return findings.all();
    }

    private static void trigger(
            String path,
            TableName name,
            Set<TableName> seen,
            SourceCatalog catalog,
            SourceServer server,
            Findings findings)
            throws SQLException {
        // The right TRIGGER is not enough: only the owner may set when a trigger fires.
        Optional<SourceTable> foreign =
                seen.add(name) ? catalog.table(name).filter(table -> !table.isOurs()) : Optional.empty();
        foreign.ifPresent(table -> findings.add(
                path,
                "the role " + server.role() + " may not capture changes of " + name
                        + ", for which it takes the rights of its owner " + table.owner(),
                "Run: GRANT " + Sql.identifier(table.owner()) + " TO " + Sql.identifier(server.role())
                        + "; or run \"install\" as the owner"));
    }
}
