package dev.tideline.sync.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks whether the parts of a configuration fit each other, as far as possible without a database. */
final class Consistency {

    private static final int LONGEST_IDENTIFIER = 63;
    private static final String METADATA_TABLE = "tideline_sync_metadata";

    private final Positions positions;
    private final List<Problem> problems = new ArrayList<>();

    Consistency(Positions positions) {
        this.positions = positions;
    }

    /** All problems, including missing parts. */
    List<Problem> check(
            Optional<PostgresUrl> source,
            TenantsConfig tenants,
            List<MappingConfig> mappings,
            ExternalDatabasesConfig externalDatabases,
            List<WebhookConfig> webhooks,
            List<AlertConfig> alerts,
            RequestsConfig requests,
            Optional<String> dispatchUrl) {
        tenants(tenants);
        if (mappings.isEmpty()) {
            problem("mappings", "there is no mapping", "Name at least one table to sync: mappings.<name>.table.");
        }
        mappings(mappings, tenants);
        externalDatabases(externalDatabases, tenants);
        new ListedTargets(positions, problems).check(source, mappings, externalDatabases.list());
        new Receivers(positions, problems).check(webhooks, alerts, requests, dispatchUrl, mappings);
        return problems;
    }

    private void tenants(TenantsConfig tenants) {
        if (tenants.table().isPresent() == tenants.query().isPresent()) {
            problem(
                    "tenants.table",
                    tenants.table().isPresent() ? "both table and query are given" : "neither table nor query is given",
                    "Give the table that has one row per tenant, or a query that gives such rows.");
        }
        tenants.table().ifPresent(table -> table("tenants.table", table));
        columns("tenants.key", tenants.key());
    }

    private void mappings(List<MappingConfig> mappings, TenantsConfig tenants) {
        Set<String> names = new HashSet<>();
        Map<QualifiedName, String> targets = new HashMap<>();
        for (MappingConfig mapping : mappings) {
            String path = ConfigPath.of("mappings", mapping.name());
            if (!names.add(mapping.name())) {
                problem(path, "there are two mappings of this name", "Give each a name of its own.");
            }
            if (mapping.name().isBlank() || mapping.name().length() > 200) {
                problem(path, "the name of a mapping must have 1 to 200 characters", "");
            }
            table(path + ".table", mapping.table());
            target(path + ".target", mapping, targets);
            columns(path + ".key", mapping.key());
            columns(path + ".tenant", mapping.tenant());
            if (!mapping.tenant().isEmpty()
                    && !tenants.key().isEmpty()
                    && mapping.tenant().size() != tenants.key().size()) {
                problem(
                        path + ".tenant",
                        "this names " + count(mapping.tenant().size()) + ", but tenants.key has "
                                + count(tenants.key().size()),
                        "Name the columns that hold " + String.join(", ", tenants.key()) + ", in this order.");
            }
            for (int i = 0; i < mapping.dependsOn().size(); i++) {
                String at = ConfigPath.of(path + ".depends_on", i);
                table(at + ".table", mapping.dependsOn().get(i).table());
                columns(
                        at + ".key",
                        List.copyOf(mapping.dependsOn().get(i).key().keySet()));
            }
        }
    }

    private void target(String path, MappingConfig mapping, Map<QualifiedName, String> targets) {
        Optional<QualifiedName> target = table(path, mapping.target());
        if (target.isEmpty()) {
            return;
        }
        if (tooLong(target.get().name()) || tooLong(target.get().schema())) {
            problem(path, "Postgres would cut this name at " + LONGEST_IDENTIFIER + " bytes", "Choose a shorter one.");
        }
        if (target.get().name().equals(METADATA_TABLE)) {
            problem(path, "Tideline keeps its cursors in a table of this name", "Choose another one.");
        }
        String other = targets.putIfAbsent(target.get(), mapping.name());
        if (other != null) {
            problem(
                    path,
                    "the mappings \"" + other + "\" and \"" + mapping.name() + "\" both write to the table "
                            + target.get(),
                    "Give each mapping a target of its own.");
        }
    }

    private void externalDatabases(ExternalDatabasesConfig external, TenantsConfig tenants) {
        if (external.table().isPresent() && !external.list().isEmpty()) {
            problem("external_databases.table", "both table and list are given", "Give one of the two.");
        }
        if (external.table().isEmpty() && external.list().isEmpty()) {
            problem(
                    "external_databases.table",
                    "neither table nor list is given",
                    "Give the table of the source with the columns tenant, name, url and enabled, or write a list.");
        }
        external.table().ifPresent(table -> table("external_databases.table", table));
        for (int i = 0; i < external.list().size() && !tenants.key().isEmpty(); i++) {
            String path = ConfigPath.of("external_databases.list", i) + ".tenant";
            TenantId.problem(external.list().get(i).tenant(), tenants.key().size())
                    .ifPresent(what -> problem(path, what, ""));
        }
    }

    private Optional<QualifiedName> table(String path, String written) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(QualifiedName.parse(written));
        } catch (IllegalArgumentException e) {
            problem(path, e.getMessage(), "Write schema.table, or table for one in public.");
            return Optional.empty();
        }
    }

    private void columns(String path, List<String> columns) {
        Set<String> seen = new HashSet<>();
        columns.stream()
                .filter(column -> !column.isEmpty() && !seen.add(column))
                .distinct()
                .forEach(column -> problem(path, "this names the column \"" + column + "\" twice", ""));
        if (columns.isEmpty()) {
            problem(path, "this names no column", "");
        }
    }

    private void problem(String path, String what, String hint) {
        problems.add(positions.problem(path, what, hint));
    }

    private static boolean tooLong(String identifier) {
        return identifier.getBytes(StandardCharsets.UTF_8).length > LONGEST_IDENTIFIER;
    }

    private static String count(int columns) {
        return columns == 1 ? "1 column" : columns + " columns";
    }
}
