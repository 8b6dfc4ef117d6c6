package dev.tideline.sync.layout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tideline.sync.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What determines a target row of a mapping, kept besides the mapping's digest so that a later install can say what
 * changed.
 *
 * @param columns name to type, in the mapping's order
 * @param select empty for all columns of the table
 * @param where empty for all rows
 * @param dependsOn each as {@code table (root column = their column)}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MappingDetails(
        String table,
        String target,
        List<String> tenant,
        List<String> key,
        Map<String, String> columns,
        String select,
        String where,
        List<String> dependsOn) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public static MappingDetails of(Mapping mapping) {
        Map<String, String> columns = new LinkedHashMap<>();
        mapping.columns().forEach(column -> columns.put(column.name(), column.type()));
        return new MappingDetails(
                mapping.table().toString(),
                mapping.target().toString(),
                mapping.tenant().stream().map(c -> c.name()).toList(),
                mapping.key().stream().map(c -> c.name()).toList(),
                columns,
                mapping.select().orElse(""),
                mapping.where().orElse(""),
                mapping.dependencies().stream().map(MappingDetails::text).toList());
    }

    /** The changes in words. */
    public List<String> changesSince(MappingDetails before) {
        List<String> changes = new ArrayList<>();
        changed(changes, "table", before.table, table);
        changed(changes, "target", before.target, target);
        changed(changes, "tenant", String.join(", ", before.tenant), String.join(", ", tenant));
        changed(changes, "key", String.join(", ", before.key), String.join(", ", key));
        columns.forEach((name, type) -> {
            String former = before.columns.get(name);
            if (former == null) {
                changes.add("column " + name + " added");
            } else {
                changed(changes, "type of " + name, former, type);
            }
        });
        columnsLostSince(before).forEach(name -> changes.add("column " + name + " removed"));
        if (!select.equals(before.select)) {
            changes.add("select changed");
        }
        changed(changes, "where", before.where, where);
        changed(changes, "depends_on", String.join("; ", before.dependsOn), String.join("; ", dependsOn));
        return changes;
    }

    /** Columns that the mapping no longer has. */
    public List<String> columnsLostSince(MappingDetails before) {
        return before.columns.keySet().stream()
                .filter(name -> !columns.containsKey(name))
                .toList();
    }

    private static void changed(List<String> changes, String what, String before, String now) {
        if (!before.equals(now)) {
            changes.add(what + " changed from " + (before.isBlank() ? "nothing" : before.strip()) + " to "
                    + (now.isBlank() ? "nothing" : now.strip()));
        }
    }

    private static String text(Mapping.Dependency dependency) {
        StringBuilder text = new StringBuilder(dependency.table().toString()).append(" (");
        for (int i = 0; i < dependency.root().size(); i++) {
            text.append(i == 0 ? "" : ", ").append(dependency.root().get(i).name());
            text.append(" = ").append(dependency.theirs().get(i).name());
        }
        return text.append(')').toString();
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }

    static MappingDetails read(String json) {
        try {
            return JSON.readValue(json, MappingDetails.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tideline.mapping.details cannot be read: " + json, e);
        }
    }
}
