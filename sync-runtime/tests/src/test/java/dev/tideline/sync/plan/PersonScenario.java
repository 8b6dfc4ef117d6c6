package dev.tideline.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import java.util.List;
import java.util.Map;

/** Persons of two tenants, of whom one is synced, and what the plan says of changes to that. A helper of tests. */
final class PersonScenario {

    static final String FEW = mapping("target: users", "SELECT r.id, r.name FROM person r", "");
    static final String USERS = "SELECT * FROM users ORDER BY id";

    private static final String INSTALLED =
            "SELECT version, (SELECT string_agg(definition, ',') FROM tideline.mapping) FROM tideline.layout";
    private static final String SYNCED = "SELECT * FROM tideline_sync_metadata";

    private PersonScenario() {}

    /** The only mapping. @param target {@code target: users} @param more lines of it, indented */
    static String mapping(String target, String select, String more) {
        return """
                mappings:
                  users:
                    table: person
                    tenant: tenant
                    key: [id]
                    %s
                    select: %s
                """.formatted(target, select) + more;
    }

    /** Two persons of tenant 1, Ada and Bob, and Eve of tenant 2, synced to tenant 1's database. */
    static SyncScenario synced() {
        SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE person (tenant int NOT NULL, owner int, id int PRIMARY KEY, name varchar(10), age int);
                INSERT INTO person VALUES (1, 2, 1, 'Ada', 36), (1, 1, 2, 'Bob', 50), (2, 1, 3, 'Eve', 20);
                """, FEW);
        scenario.install();
        sync(scenario);
        assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("1|Ada", "2|Bob");
        return scenario;
    }

    /** Syncs tenant 1; what failed, by database and mapping. */
    static Map<String, SyncException> sync(SyncScenario scenario) {
        return TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures();
    }

    /** The plan for the first external database. */
    static InstallPlan.Target planned(SyncScenario scenario) {
        return Installation.plan(scenario.config(), 10).targets().get(0);
    }

    /** The plan for the only mapping, once it was seen to change nothing. */
    static MappingInTarget plannedMapping(SyncScenario scenario) {
        List<String> source = Rows.of(scenario.source(), INSTALLED).now();
        List<String> target = Rows.of(scenario.target(), SYNCED).now();
        InstallPlan.Target plan = planned(scenario);
        assertThat(plan.problem()).isNull();
        assertThat(plan.mappings()).hasSize(1);
        assertThat(Rows.of(scenario.source(), INSTALLED).now()).isEqualTo(source);
        assertThat(Rows.of(scenario.target(), SYNCED).now()).isEqualTo(target);
        return plan.mappings().get(0);
    }

    /** Installs the configuration as it is by now, and syncs without a failure. */
    static void carryOut(SyncScenario scenario) {
        scenario.install();
        assertThat(sync(scenario)).isEmpty();
    }
}
