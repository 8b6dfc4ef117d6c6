package dev.tideline.sync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code external_databases:} section. */
record ExternalDatabasesReader(YamlReading reading) {

    private static final Map<String, ExternalDatabasesConfig.Grants> GRANTS =
            Map.of("public", ExternalDatabasesConfig.Grants.PUBLIC_READ, "none", ExternalDatabasesConfig.Grants.NONE);

    ExternalDatabasesConfig read(YamlSection top) {
        YamlSection section = top.section("external_databases", "table", "list", "allow_private", "grants");
        ExternalDatabasesConfig.Grants grants =
                section.choice("grants", ExternalDatabasesConfig.Grants.PUBLIC_READ, GRANTS);
        List<ExternalDatabasesConfig.Listed> list = new ArrayList<>();
        for (Node item : section.items("list")) {
            String path = ConfigPath.of(section.at("list"), list.size());
            YamlSection one = YamlSection.of(reading, path, item, "tenant", "name", "url", "grants");
            list.add(new ExternalDatabasesConfig.Listed(
                    one.text("tenant", "Write the tenant's id."),
                    one.text("name", "Give this database a name, unique within its tenant."),
                    one.text("url", "Write postgres://user:password@host:port/database, or ${env:NAME}."),
                    one.choice("grants", grants, GRANTS)));
        }
        return new ExternalDatabasesConfig(
                section.optionalText("table"), list, section.flag("allow_private", true), grants);
    }
}
