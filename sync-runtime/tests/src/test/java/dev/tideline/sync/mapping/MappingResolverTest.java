package dev.tideline.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.ContractExample;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresFixture.class)
class MappingResolverTest {

    @Test
    void the_example_of_the_contract_is_resolved(TestDatabase source) {
        ResolvedPlan.prepare(
                source,
                "CREATE TABLE project_user (tenancy_id int NOT NULL, id uuid NOT NULL, display_name varchar(40),"
                        + " is_anonymous bool NOT NULL, PRIMARY KEY (tenancy_id, id), UNIQUE (id))",
                "CREATE TABLE contact_channel (id uuid PRIMARY KEY, tenancy_id int, user_id uuid, value text, is_primary bool)");

        SyncPlan plan = ResolvedPlan.of(source, ContractExample.USERS);

        Column id = new Column("id", "uuid", "uuid", true, true);
        Column tenancyId = new Column("tenancy_id", "integer", "integer", true, true);
        assertThat(plan.tenantsSql())
                .isEqualTo(
                        "SELECT t.\"id\"::text AS tenant FROM \"public\".\"tenancy\" AS t WHERE t.\"id\" IS NOT NULL");
        assertThat(plan.mappings()).hasSize(1);
        Mapping users = plan.mappings().get(0);
        assertThat(users.table()).isEqualTo(new TableName("public", "project_user"));
        assertThat(users.target()).isEqualTo(new TableName("public", "users"));
        assertThat(users.tenant()).containsExactly(tenancyId);
        assertThat(users.key()).containsExactly(id);
        assertThat(users.columns())
                .containsExactly(
                        id,
                        new Column("display_name", "character varying(40)", "character varying(40)", true, true),
                        new Column("primary_email", "text", "text", true, true));
        assertThat(users.where()).contains("NOT r.is_anonymous");
        assertThat(users.dependencies())
                .containsExactly(new Mapping.Dependency(
                        new TableName("public", "contact_channel"),
                        List.of(tenancyId, id),
                        List.of(tenancyId, new Column("user_id", "uuid", "uuid", true, true))));
    }
}
