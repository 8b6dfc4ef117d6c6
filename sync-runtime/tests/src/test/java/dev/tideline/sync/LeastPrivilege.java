package dev.tideline.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A scenario whose source and first target are used by the roles that the scripts in docs/operations make, in databases that
 * grant nothing to PUBLIC. Closing it drops the roles.
 */
public final class LeastPrivilege implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("..", "..", "docs", "operations");
    private static final String SECRET = "pass";

    private final SyncScenario scenario;
    private final String suffix;
    private final List<String> roles = new ArrayList<>();

    private LeastPrivilege(SyncScenario scenario) {
        this.scenario = scenario;
        this.suffix = "_" + scenario.source().name();
    }

    /** @param tables those that the scenario's configuration names */
    public static LeastPrivilege in(SyncScenario scenario, String... tables) {
        LeastPrivilege roles = new LeastPrivilege(scenario);
        roles.prepareSource(List.of(tables));
        roles.prepareTarget();
        return roles;
    }

    private void prepareSource(List<String> tables) {
        TestDatabase source = scenario.source();
        source.execute(
                "CREATE ROLE " + name("owner"),
                "CREATE ROLE " + name("application") + " LOGIN PASSWORD '" + SECRET + "'",
                "REVOKE ALL ON DATABASE " + source.name() + " FROM PUBLIC",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "GRANT USAGE ON SCHEMA public TO " + name("owner") + ", " + name("application"),
                "GRANT CONNECT ON DATABASE " + source.name() + " TO " + name("application"));
        for (String table : tables) {
            source.execute(
                    "ALTER TABLE " + table + " OWNER TO " + name("owner"),
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + name("application"));
        }
        run(
                source,
                "least-privilege-source.sql",
                Map.of(
                        "database", source.name(),
                        "schema", "public",
                        "tables", String.join(", ", tables),
                        "owner", name("owner"),
                        "installer", name("installer"),
                        "installer_password", SECRET,
                        "runtime", name("runtime"),
                        "runtime_password", SECRET));
        name("installer");
        name("runtime");
        asInstaller();
    }

    private void prepareTarget() {
        TestDatabase target = scenario.target();
        target.execute(
                "REVOKE ALL ON DATABASE " + target.name() + " FROM PUBLIC", "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        run(
                target,
                "least-privilege-target.sql",
                Map.of("database", target.name(), "schema", "public", "tideline", name("target"), "password", SECRET));
        scenario.moveTargets("1", "main", target.url(name("target"), SECRET));
    }

    private String name(String role) {
        if (!roles.contains(role + suffix)) {
            roles.add(role + suffix);
        }
        return role + suffix;
    }

    /** What psql does with its variables. */
    private static void run(TestDatabase database, String script, Map<String, String> variables) {
        String sql;
        try {
            sql = Files.readString(SCRIPTS.resolve(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            sql = sql.replace(":\"" + variable.getKey() + "\"", "\"" + variable.getValue() + "\"")
                    .replace(":'" + variable.getKey() + "'", "'" + variable.getValue() + "'")
                    .replace(" :" + variable.getKey() + " ", " " + variable.getValue() + " ");
        }
        database.execute(sql);
    }

    /** From here on the source is used by the role that installs. */
    public void asInstaller() {
        scenario.sourceRole(name("installer"), SECRET);
    }

    /** From here on the source is used by the role that runs. */
    public void asRuntime() {
        scenario.sourceRole(name("runtime"), SECRET);
    }

    /** Runs a statement at the source as the application's role. */
    public void application(String sql) {
        as("application", sql);
    }

    /** Runs a statement at the source as the role that runs. */
    public void runtime(String sql) {
        as("runtime", sql);
    }

    /** Lets the application enqueue requests, as docs/webhooks.md says. */
    public void letApplicationEnqueue() {
        scenario.source()
                .execute(
                        "GRANT USAGE ON SCHEMA tideline TO " + name("application"),
                        "GRANT EXECUTE ON FUNCTION tideline.enqueue_request(text, jsonb, jsonb, text, text, integer) TO "
                                + name("application"));
    }

    private void as(String role, String sql) {
        scenario.source().execute("SET ROLE " + name(role) + "; " + sql);
    }

    @Override
    public void close() {
        for (TestDatabase database : List.of(scenario.source(), scenario.target())) {
            roles.forEach(role -> database.execute("DROP OWNED BY " + role + " CASCADE"));
        }
        roles.forEach(role -> scenario.source().execute("DROP ROLE " + role));
    }
}
