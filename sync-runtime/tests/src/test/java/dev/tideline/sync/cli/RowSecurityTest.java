package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that would hide rows from our role are an error, at both ends; nothing is deleted or lost for them. */
class RowSecurityTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";
    private static final String POLICY =
            "ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY; ALTER TABLE %1$s FORCE ROW LEVEL SECURITY;"
                    + " CREATE POLICY p ON %1$s USING (id::text = current_setting('app.id', true))";

    @TempDir
    Path folder;

    /** A role that owns a database and what is in it. */
    private static String owner(TestDatabase database) {
        String role = "owner_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                "ALTER DATABASE " + database.name() + " OWNER TO " + role,
                "GRANT ALL ON SCHEMA public TO " + role);
        return role;
    }

    @Test
    void at_the_source() {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase source = scenario.source();
            String role = owner(source);
            source.execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            source.execute("ALTER TABLE tenancy OWNER TO " + role + "; ALTER TABLE project_user OWNER TO " + role);
            scenario.sourceRole(role, "x");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");

            source.execute(
                    POLICY.formatted("project_user"), "UPDATE project_user SET display_name = 'Eve' WHERE id = 1");

            Rows.of(
                            source,
                            "SELECT regexp_replace(error, '^.*?: ', '') FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("at the source: ERROR: query would be affected by row-level security policy for table"
                            + " \"project_user\". Row-level security would hide rows from our role: give it BYPASSRLS, or"
                            + " connect as the table's owner, without FORCE ROW LEVEL SECURITY");
            Rows.of(scenario.target(), USERS).become("1|Ada", "2|Bob");
            TidelineTool tool = new TidelineTool(folder);
            assertThat(tool.run(scenario, "status").out()).contains("row-level security");
            assertThat(tool.run(scenario, "check").err())
                    .startsWith(
                            "tideline.yaml:5:5 mappings.users.table: row-level security hides rows of project_user from the"
                                    + " role " + role
                                    + ". Run: ALTER TABLE \"public\".\"project_user\" NO FORCE ROW LEVEL SECURITY;"
                                    + " or ALTER ROLE \"" + role + "\" BYPASSRLS;\n");

            source.execute("ALTER TABLE project_user NO FORCE ROW LEVEL SECURITY");
            Rows.of(scenario.target(), USERS).become("1|Eve", "2|Bob");
        }
    }

    @Test
    void at_a_target() {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase target = scenario.target();
            scenario.moveTargets("1", "main", target.url(owner(target), "x"));
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run();
            Rows.of(target, USERS).become("1|Ada", "2|Bob");

            target.execute(POLICY.formatted("users"));
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");

            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%row-level security%BYPASSRLS%' FROM tideline.target_state"
                                    + " WHERE error IS NOT NULL")
                    .become("t");
            assertThat(new TidelineTool(folder).run(scenario, "check").err())
                    .contains("1/main: mapping users: table users does not fit the mapping: row-level"
                            + " security hides rows from our role. Run there:"
                            + " ALTER TABLE \"public\".\"users\" NO FORCE ROW LEVEL SECURITY; as its owner, or give the role"
                            + " BYPASSRLS");
            target.execute("ALTER TABLE users DISABLE ROW LEVEL SECURITY");
            Rows.of(target, USERS).become("2|Bob");
        }
    }
}
