package dev.tideline.e2e.suite;

import dev.tideline.directory.fixture.TestCaller;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.SyncProbe;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant of one test and the external database that follows it, which is dropped at the end of the test; not without telling
 * Directory, whose sync would go on looking for it.
 */
public record Followed(TestTenant tenant, ExternalDatabase database, SyncProbe probe) implements AutoCloseable {

    static final String NAME = "main";

    /** Calls as the tenant's server. */
    public TestCaller server() {
        return tenant.server();
    }

    /** Waits for the row with this id, with these values. */
    public void awaitRow(String table, UUID id, Map<String, ?> values) {
        probe.waitForRow(table, Map.of("id", id), values);
    }

    public void awaitNoRow(String table, UUID id) {
        probe.waitForNoRow(table, Map.of("id", id));
    }

    /** The first column of a query in the external database. */
    public List<String> column(String query) throws SQLException {
        return Sql.column(database.url(), query);
    }

    /** Waits until a query in the external database gives these texts. */
    public void await(String query, String... expected) {
        Sql.await(database.url(), query, expected);
    }

    @Override
    public void close() {
        tenant.admin().delete("/internal/external-databases/" + NAME);
        database.drop();
    }
}
