package dev.tideline.sync.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the mappings of {@link ModelTable#MAPPINGS} make of a model's committed rows, worked out in Java; and all that they
 * ever made of them. Used by one thread.
 */
final class Expectation {

    /** In what order a mapping's columns are written down. */
    static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("people", List.of("id", "tenant", "name", "v", "label", "notes"));
        COLUMNS.put("members", List.of("id", "tenant", "label", "colour", "v"));
        COLUMNS.put("lines", List.of("tenant", "code", "no", "amount", "v"));
        COLUMNS.put("notes", List.of("tenant", "id", "person", "body", "v"));
    }

    private final SourceModel model;
    private final Map<String, Set<String>> ever = new HashMap<>();

    Expectation(SourceModel model) {
        this.model = model;
    }

    /** To be called after every commit: what is there now may be seen in a target from now on. */
    void committed() {
        for (String tenant : ModelTable.TENANTS) {
            for (String mapping : COLUMNS.keySet()) {
                ever.computeIfAbsent(tenant + "/" + mapping, k -> new HashSet<>())
                        .addAll(rows(tenant, mapping));
            }
        }
    }

    /** Whether a tenant's row like this was ever committed. */
    boolean everCommitted(String tenant, String mapping, String row) {
        return ever.getOrDefault(tenant + "/" + mapping, Set.of()).contains(row);
    }

    /** The rows that a tenant's external databases should have, each as one text. */
    Set<String> rows(String tenant, String mapping) {
        Set<String> rows = new TreeSet<>();
        switch (mapping) {
            case "people" ->
                model.rows(ModelTable.PERSON).stream()
                        .filter(p -> tenant.equals(p.get(1)) && p.get(4).equals("f"))
                        .forEach(p -> rows.add(text(p.get(0), tenant, p.get(3), p.get(5), label(p.get(2)), notes(p))));
            case "members" ->
                model.rows(ModelTable.PERSON).stream()
                        .filter(p -> tenant.equals(p.get(1)) && team(p.get(2)) != null)
                        .forEach(p -> rows.add(text(
                                p.get(0),
                                tenant,
                                label(p.get(2)),
                                team(p.get(2)).get(2),
                                p.get(5))));
            case "lines", "notes" ->
                model.rows(mapping.equals("lines") ? ModelTable.LINE : ModelTable.NOTE).stream()
                        .filter(row -> tenant.equals(row.get(0)))
                        .forEach(row -> rows.add(text(row.toArray(String[]::new))));
            default -> throw new IllegalArgumentException(mapping);
        }
        return rows;
    }

    private List<String> team(String id) {
        return model.rows(ModelTable.TEAM).stream()
                .filter(team -> team.get(0).equals(id))
                .findFirst()
                .orElse(null);
    }

    private String label(String team) {
        List<String> row = team(team);
        return row == null ? null : row.get(1);
    }

    private String notes(List<String> person) {
        return String.valueOf(model.rows(ModelTable.NOTE).stream()
                .filter(note -> note.get(0).equals(person.get(1)) && note.get(2).equals(person.get(0)))
                .count());
    }

    /** A row as one text. */
    static String text(String... values) {
        StringBuilder text = new StringBuilder();
        for (String value : values) {
            text.append(value == null ? "(null)" : value.length() > 60 ? "#" + value.hashCode() : value)
                    .append(" | ");
        }
        return text.toString();
    }
}
