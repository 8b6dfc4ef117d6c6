package dev.tideline.sync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code mappings:} section. */
record MappingsReader(YamlReading reading) {

    List<MappingConfig> read(YamlSection top) {
        if (!top.has("mappings")) {
            return List.of();
        }
        YamlSection section = YamlSection.free(reading, top.at("mappings"), top.node("mappings"));
        List<MappingConfig> mappings = new ArrayList<>();
        for (String name : section.keys()) {
            mappings.add(mapping(name, section.at(name), section.node(name)));
        }
        return mappings;
    }

    private MappingConfig mapping(String name, String path, Node node) {
        YamlSection section = YamlSection.of(
                reading, path, node, "table", "tenant", "key", "target", "select", "where", "depends_on");
        return new MappingConfig(
                name,
                section.text("table", "Name the table whose rows are synced."),
                section.texts("tenant", "Name the column that says which tenant a row belongs to."),
                section.texts("key", "List the columns that identify a row, for example key: [id]."),
                section.optionalText("target").orElse(name),
                section.optionalText("select"),
                section.optionalText("where"),
                dependencies(section));
    }

    private List<MappingConfig.DependencyConfig> dependencies(YamlSection mapping) {
        List<MappingConfig.DependencyConfig> dependencies = new ArrayList<>();
        for (Node item : mapping.items("depends_on")) {
            String path = ConfigPath.of(mapping.at("depends_on"), dependencies.size());
            YamlSection section = YamlSection.of(reading, path, item, "table", "key");
            dependencies.add(new MappingConfig.DependencyConfig(
                    section.text("table", "Name the table whose changes make rows of this mapping stale."),
                    key(section)));
        }
        return dependencies;
    }

    private Map<String, String> key(YamlSection dependency) {
        String hint = "Say which of our columns equals which of theirs: key: { team_id: id }.";
        if (!dependency.demand("key", hint)) {
            return Map.of();
        }
        YamlSection section = YamlSection.free(reading, dependency.at("key"), dependency.node("key"));
        Map<String, String> key = new LinkedHashMap<>();
        for (String root : section.keys()) {
            key.put(root, section.text(root, hint));
        }
        return key;
    }
}
