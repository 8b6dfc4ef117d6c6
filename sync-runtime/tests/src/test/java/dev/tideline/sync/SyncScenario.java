package dev.tideline.sync;

import dev.tideline.sync.capture.Installer;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.install.Migration;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A source, external databases and a configuration of one test's own, with runtimes that end with it. */
public final class SyncScenario implements AutoCloseable {

    private static final String USERS = """
            mappings:
              users:
                table: project_user
                tenant: tenancy_id
                key: [id]
                target: users
                where: NOT r.is_anonymous
            """;

    private final int targetMajor;
    private final TestDatabase source;
    private final List<TestDatabase> targets = new ArrayList<>();
    private final List<SyncRuntime> runtimes = new ArrayList<>();
    private String mappings;
    private String settings = "";
    private String tenants = "{ table: tenancy, key: id }";
    private String externalTable;
    private String sourceUrl;
    private final StringBuilder external = new StringBuilder();

    private SyncScenario(TestDatabase source, int targetMajor, String mappings) {
        this.source = source;
        this.sourceUrl = source.url();
        this.targetMajor = targetMajor;
        this.mappings = mappings;
    }

    /** Two tenants, 1 and 2, users of theirs, and one external database of tenant 1. */
    public static SyncScenario users() {
        SyncScenario scenario =
                new SyncScenario(PostgresFixture.database(PostgresFixture.NEWEST), PostgresFixture.NEWEST, USERS);
        scenario.source.execute("""
                CREATE TABLE tenancy (id int PRIMARY KEY);
                INSERT INTO tenancy VALUES (1), (2);
                CREATE TABLE project_user (tenancy_id int NOT NULL, id bigint PRIMARY KEY, display_name text,
                    is_anonymous boolean NOT NULL DEFAULT false);
                """);
        scenario.addTarget("1", "main");
        return scenario;
    }

    /** A tenant table with tenants 1 and 2, the given tables and mappings, and one external database of tenant 1. */
    public static SyncScenario of(String ddl, String mappings) {
        return between(PostgresFixture.NEWEST, PostgresFixture.NEWEST, ddl, mappings);
    }

    /** The same between servers of these major versions. */
    public static SyncScenario between(int sourceMajor, int targetMajor, String ddl, String mappings) {
        return at(PostgresFixture.database(sourceMajor), targetMajor, ddl, mappings);
    }

    /** The same with a source on a server of the test's own. */
    public static SyncScenario at(TestDatabase source, int targetMajor, String ddl, String mappings) {
        SyncScenario scenario = new SyncScenario(source, targetMajor, mappings);
        scenario.source.execute("CREATE TABLE tenancy (id int PRIMARY KEY); INSERT INTO tenancy VALUES (1), (2);");
        scenario.source.execute(ddl);
        scenario.addTarget("1", "main");
        return scenario;
    }

    /** The same with databases in these encodings, on the newest server. */
    public static SyncScenario inEncodings(String source, String target, String ddl, String mappings) {
        SyncScenario scenario = new SyncScenario(
                PostgresFixture.database(PostgresFixture.NEWEST, source), PostgresFixture.NEWEST, mappings);
        scenario.source.execute("CREATE TABLE tenancy (id int PRIMARY KEY); INSERT INTO tenancy VALUES (1), (2);", ddl);
        TestDatabase database = PostgresFixture.database(PostgresFixture.NEWEST, target);
        scenario.targets.add(database);
        scenario.addTarget("1", "main", database.url());
        return scenario;
    }

    public TestDatabase addTarget(String tenant, String name) {
        TestDatabase target = PostgresFixture.database(targetMajor);
        targets.add(target);
        addTarget(tenant, name, target.url());
        return target;
    }

    public void addTarget(String tenant, String name, String url) {
        external.append("    - { tenant: \"" + tenant + "\", name: " + name + ", url: \"" + url + "\" }\n");
    }

    /** Has the external databases stand in a table {@code external_database} of the source, which is empty at first. */
    public void listTargetsInTable() {
        source.execute("CREATE TABLE external_database (tenant int, name text, url text, enabled boolean,"
                + " PRIMARY KEY (tenant, name))");
        externalTable("external_database");
    }

    /** Gives the first target to another tenant, and leaves none beside it. */
    public void moveTarget(String tenant) {
        moveTargets(tenant, "main", target().url());
    }

    /** Leaves this external database, and none beside it. */
    public void moveTargets(String tenant, String name, String url) {
        external.setLength(0);
        addTarget(tenant, name, url);
    }

    /** Keeps the external databases in a table of the source, instead of in the file. */
    public void externalTable(String table) {
        externalTable = table;
    }

    /** Has the source used by another role. */
    public void sourceRole(String role, String password) {
        sourceUrl = source.url(role, password);
    }

    /** More of the file: {@code sync: { batch_size: 10 }}, a line each. */
    public void settings(String yaml) {
        settings = yaml;
    }

    /** Where the tenants are: {@code { table: tenancy, key: [region, code] }}. */
    public void tenants(String yaml) {
        tenants = yaml;
    }

    public String mappings() {
        return mappings;
    }

    public void mappings(String yaml) {
        mappings = yaml;
    }

    public TestDatabase source() {
        return source;
    }

    /** The first target. */
    public TestDatabase target() {
        return targets.get(0);
    }

    /** The configuration as it would stand in {@code tideline.yaml}. */
    public String yaml() {
        return "source: { url: \"" + sourceUrl + "\" }\ntenants: " + tenants + "\n" + mappings
                + "external_databases:\n"
                + (externalTable == null ? "  list:\n" + external : "  table: " + externalTable + "\n") + settings
                + "\n";
    }

    public SyncConfig config() {
        try {
            Path file = Files.createTempFile("tideline", ".yaml");
            Files.writeString(file, yaml());
            SyncConfig config = SyncConfigLoader.load(file, name -> null);
            Files.delete(file);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SyncPlan plan() {
        SyncConfig config = config();
        try (Connection connection = SourceConnection.open(config)) {
            return MappingResolver.resolve(config, connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void install() {
        SyncPlan plan = plan();
        try (SourceDatabase database = new SourceDatabase(plan.config().source(), 4)) {
            Migration.run(database.pool());
            new Installer(database.pool(), line -> {}).install(plan);
        }
    }

    /** A pool for the source, which the caller closes. */
    public SourceDatabase openSource() {
        return new SourceDatabase(config().source(), 8);
    }

    public void uninstall() {
        try (SourceDatabase database = new SourceDatabase(config().source(), 4)) {
            new Installer(database.pool(), line -> {}).uninstall();
        }
    }

    /** Starts a runtime, which ends with the scenario. */
    public SyncRuntime run() {
        return run(SyncListener.NONE);
    }

    /** As {@link #run()}, with somebody who is told what happens. */
    public SyncRuntime run(SyncListener listener) {
        SyncRuntime runtime = SyncRuntime.start(config(), listener);
        runtimes.add(runtime);
        return runtime;
    }

    @Override
    public void close() {
        runtimes.forEach(SyncRuntime::close);
        targets.forEach(TestDatabase::close);
        source.close();
    }
}
