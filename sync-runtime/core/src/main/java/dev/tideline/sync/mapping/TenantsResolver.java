package dev.tideline.sync.mapping;

import dev.tideline.sync.config.NearestName;
import dev.tideline.sync.config.TenantId;
import dev.tideline.sync.config.TenantsConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Turns the {@code tenants:} section into the SQL that lists the tenants' ids. */
record TenantsResolver(TableLookup lookup, UserSql userSql, Findings findings) {

    Optional<String> resolve(TenantsConfig tenants) throws SQLException {
        return tenants.table().isPresent()
                ? fromTable(tenants.table().get(), tenants.key())
                : fromQuery(tenants.query().orElseThrow(), tenants.key());
    }

    private Optional<String> fromTable(String written, List<String> key) throws SQLException {
        Optional<SourceTable> table = lookup.readable("tenants.table", written);
        if (table.isEmpty() || lookup.columns("tenants.key", table.get(), key).size() < key.size()) {
            return Optional.empty();
        }
        return Optional.of(
                select(table.get().isUnique(key), key, table.get().name().sql()));
    }

    private Optional<String> fromQuery(String written, List<String> key) throws SQLException {
        Optional<String> query = userSql.complete("tenants.query", written);
        Optional<List<Column>> columns =
                query.isPresent() ? userSql.columns("tenants.query", query.get()) : Optional.empty();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = columns.get().stream().map(Column::name).toList();
        List<String> missing =
                key.stream().filter(name -> !names.contains(name)).toList();
        missing.forEach(name -> findings.add(
                "tenants.key",
                "the query returns no column \"" + name + "\"",
                NearestName.hint(name, names, "It gives: " + String.join(", ", names) + ".")));
        return missing.isEmpty() ? Optional.of(select(false, key, "(\n" + query.get() + "\n)")) : Optional.empty();
    }

    private static String select(boolean unique, List<String> key, String from) {
        List<String> columns =
                key.stream().map(name -> "t." + Sql.identifier(name)).toList();
        String id =
                TenantId.sql(columns.stream().map(column -> column + "::text").toList());
        return "SELECT " + (unique ? id : "DISTINCT (" + id + ") COLLATE pg_catalog.\"C\"") + " AS tenant FROM " + from
                + " AS t WHERE " + Sql.and(columns, column -> column + " IS NOT NULL");
    }
}
