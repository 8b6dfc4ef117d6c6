package dev.tideline.sync.capture;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Layout;
import dev.tideline.sync.layout.MappingDetails;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Records which mappings are installed. */
final class MappingRegister {

    private MappingRegister() {}

    /**
     * Records the plan's mappings as installed. In one transaction with the layout's version, so that a runtime with
     * another configuration stops before one with this configuration can start.
     */
    static void record(Connection connection, SyncPlan plan, InstalledLayout layout) throws SQLException {
        Jdbc.inTransaction(connection, () -> {
            List<Integer> kept = new ArrayList<>();
            for (Mapping mapping : plan.mappings()) {
                InstalledStream root = layout.rootOf(mapping);
                Jdbc.update(
                        connection,
                        SqlTemplate.text("1-capture/register-mapping"),
                        mapping.name(),
                        root.id(),
                        Layout.definition(mapping),
                        MappingDetails.of(mapping).json());
                for (Mapping.Dependency dependency : mapping.dependencies()) {
                    kept.add(dependency(connection, layout, root, dependency));
                }
            }
            Jdbc.update(
                    connection,
                    "DELETE FROM tideline.mapping WHERE name <> ALL (CAST(? AS text[]))",
                    plan.mappings().stream().map(Mapping::name).toList());
            Jdbc.update(
                    connection,
                    "DELETE FROM tideline.dependency WHERE dependency_id::text <> ALL (CAST(? AS text[]))",
                    kept.stream().map(String::valueOf).toList());
            boolean same =
                    InstalledLayout.read(connection).filter(layout::equals).isPresent();
            return same ? 0 : Layout.raiseVersion(connection);
        });
    }

    private static int dependency(
            Connection connection, InstalledLayout layout, InstalledStream root, Mapping.Dependency dependency)
            throws SQLException {
        return Jdbc.one(
                connection,
                SqlTemplate.text("1-capture/register-dependency"),
                row -> row.getInt(1),
                layout.find(Layout.dependency(dependency)).orElseThrow().id(),
                root.id(),
                dependency.root().stream().map(c -> c.name()).toList(),
                dependency.root().stream().map(c -> c.plainType()).toList());
    }
}
