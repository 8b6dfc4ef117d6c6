package dev.tideline.sync.capture;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import java.util.List;
import java.util.stream.Collectors;

/** A tenant's id in SQL: the text of its columns. */
public final class TenantSql {

    private TenantSql() {}

    /** The id of a row behind an alias. */
    public static String text(List<Column> tenant, String alias) {
        return tenant.stream()
                .map(column -> column.sql(alias) + "::text")
                .collect(Collectors.joining(" || " + Sql.literal(SyncPlan.TENANT_SEPARATOR) + " || "));
    }

    /**
     * A condition that a row behind an alias belongs to a tenant. Ids compare as text ({@code 01} is not {@code 1});
     * with one column the id is also compared as a value of the column's type, so that an index on it serves.
     */
    public static String belongs(List<Column> tenant, String alias, String id) {
        String asText = text(tenant, alias) + " = " + Sql.literal(id);
        return tenant.size() == 1
                ? tenant.get(0).sql(alias) + " = CAST(" + Sql.literal(id) + " AS "
                        + tenant.get(0).plainType() + ") AND " + asText
                : asText;
    }
}
