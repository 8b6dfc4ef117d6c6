package dev.tideline.testkit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates databases that stand in for customers' databases, each for one test.
 *
 * <pre>{@code
 * try (ExternalDatabases databases = ExternalDatabases.ofWorkspace()) {
 *     ExternalDatabase acme = databases.create("acme");
 *     …
 *     acme.stop();
 *     …
 *     acme.restart();
 * }
 * }</pre>
 *
 * <p>The next run removes what a killed one has left: the name of a database identifies its process and machine, and the
 * first use of a server in a process drops the databases whose process is certainly gone. Safe for use by several
 * threads.
 */
public final class ExternalDatabases implements AutoCloseable {
    private static final Set<String> SWEPT = ConcurrentHashMap.newKeySet();

    private final DatabaseServer server;
    private final Set<ExternalDatabase> created = ConcurrentHashMap.newKeySet();
    private final Set<DatabaseTemplate> templates = ConcurrentHashMap.newKeySet();

    private ExternalDatabases(DatabaseServer server) {
        this.server = server;
    }

    /**
     * On the external Postgres of this workspace, as user {@code postgres}.
     *
     * @throws ExternalDatabaseException if the server does not answer
     * @throws dev.tideline.ports.PortConfigException if the workspace's port prefix is not valid
     */
    public static ExternalDatabases ofWorkspace() {
        return at(Workspace.current().postgresUrl("external-postgres"));
    }

    /**
     * On any Postgres server, 13 or newer.
     *
     * @param adminUrl {@code postgres://user:password@host:port/database} of a superuser
     * @throws ExternalDatabaseException if the server does not answer
     */
    public static ExternalDatabases at(String adminUrl) {
        PostgresUrl url = PostgresUrl.parse(adminUrl);
        ExternalDatabases databases = new ExternalDatabases(new DatabaseServer(url));
        String key = url.host() + ":" + url.port();
        if (SWEPT.add(key)) {
            try {
                databases.sweep();
            } catch (ExternalDatabaseException e) {
                SWEPT.remove(key);
                throw e;
            }
        }
        return databases;
    }

    /**
     * Creates an empty database.
     *
     * @param label part of its name: 1 to 16 letters and digits
     * @throws ExternalDatabaseException if the server refuses
     */
    public ExternalDatabase create(String label) {
        String name = DatabaseName.create(label).toString();
        server.create(name);
        ExternalDatabase database = new ExternalDatabase(server, name);
        created.add(database);
        return database;
    }

    /**
     * Creates and migrates a database of which copies can be made in a fraction of the time. Closed with this.
     *
     * @param label part of the copies' names: 1 to 16 letters and digits
     * @param migration runs once, now
     * @throws ExternalDatabaseException if the migration fails, or the server refuses
     */
    public DatabaseTemplate template(String label, Migration migration) {
        ExternalDatabase empty = create(label);
        try {
            migration.migrate(empty);
        } catch (Exception e) {
            empty.drop();
            throw new ExternalDatabaseException("Cannot migrate the template database '" + label + "': " + e, e);
        }
        // A pool that the migration has left open would keep the database from being copied.
        empty.stop();
        DatabaseTemplate template = new DatabaseTemplate(server, label, empty.name(), created::add);
        templates.add(template);
        return template;
    }

    /**
     * Removes the databases of processes that are gone, and returns their names.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public List<String> sweep() {
        return server.sweep();
    }

    /**
     * Drops all databases that were created here, templates included.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    @Override
    public void close() {
        for (DatabaseTemplate template : templates) {
            template.close();
            templates.remove(template);
        }
        for (ExternalDatabase database : created) {
            database.drop();
            created.remove(database);
        }
    }
}
