package dev.tideline.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.directory.database.Database;
import dev.tideline.directory.writer.Activity;
import dev.tideline.directory.writer.DirectoryWriter;
import dev.tideline.directory.writer.WrittenTransaction;
import dev.tideline.directory.writer.WrittenTransaction.Change.Kind;
import dev.tideline.directory.writer.WrittenTransaction.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWriterTest {

    private static final List<String> TENANTS = List.of("acme", "globex");

    @TempDir
    static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                .dataDirectory(folder.resolve("data"))
                .durability(Durability.FAST)
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theSameSeedWritesTheSameRows() throws SQLException {
        assertThat(contentAfter("one", 7)).isEqualTo(contentAfter("two", 7)).isNotEqualTo(contentAfter("three", 8));
    }

    @Test
    void everyActivityHappensAndWhatIsReportedIsWhatIsThere() throws SQLException {
        try (Connection connection = database("reported");
                DirectoryWriter writer = new DirectoryWriter(connection, TENANTS, 42, () -> Instant.EPOCH)) {
            List<WrittenTransaction> written = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                written.add(writer.runOnce());
            }
            assertThat(written).extracting(WrittenTransaction::activity).contains(Activity.values());
            assertThat(written).extracting(WrittenTransaction::tenant).contains("acme", "globex");
            assertThat(written).extracting(WrittenTransaction::committed).contains(true, false);
            assertThat(ids(connection, "project_user")).isEqualTo(remaining(written, Table.USER));
            assertThat(ids(connection, "contact_channel")).isEqualTo(remaining(written, Table.CHANNEL));
        }
    }

    @Test
    void whoeverIsNotAnonymousHasOnePrimaryAddress() throws SQLException {
        try (Connection connection = database("one_primary");
                DirectoryWriter writer = new DirectoryWriter(connection, TENANTS, 1, () -> Instant.EPOCH)) {
            writer.populate(50);
            for (int i = 0; i < 500; i++) {
                writer.runOnce();
            }
            assertThat(rows(connection, """
                            SELECT u.id, count(c.id) FROM project_user u
                              LEFT JOIN contact_channel c ON c.user_id = u.id AND c.is_primary
                             GROUP BY u.id, u.is_anonymous
                            HAVING count(c.id) <> CASE WHEN u.is_anonymous THEN 0 ELSE 1 END
                            """)).isEmpty();
        }
    }

    @Test
    void theLastSignUpsComeOnceForEachTenant() throws SQLException {
        try (Connection connection = database("last");
                DirectoryWriter writer = new DirectoryWriter(connection, TENANTS, 1, () -> Instant.EPOCH)) {
            assertThat(writer.signUpEverywhere())
                    .allSatisfy(last -> assertThat(last.changes())
                            .extracting(WrittenTransaction.Change::table)
                            .containsExactly(Table.USER, Table.CHANNEL))
                    .extracting(WrittenTransaction::tenant)
                    .containsExactly("acme", "globex");
        }
    }

    private static Set<UUID> remaining(List<WrittenTransaction> written, Table table) {
        Set<UUID> ids = new HashSet<>();
        written.stream()
                .filter(WrittenTransaction::committed)
                .flatMap(transaction -> transaction.changes().stream())
                .filter(change -> change.table() == table)
                .forEach(change -> {
                    if (change.kind() == Kind.DELETED) {
                        assertThat(ids.remove(change.id())).isTrue();
                    } else if (change.kind() == Kind.INSERTED) {
                        assertThat(ids.add(change.id())).isTrue();
                    } else {
                        assertThat(ids).contains(change.id());
                    }
                });
        return ids;
    }

    private static Set<UUID> ids(Connection connection, String table) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        rows(connection, "SELECT id FROM " + table).forEach(id -> ids.add(UUID.fromString(id)));
        return ids;
    }

    private static List<String> contentAfter(String name, long seed) throws SQLException {
        try (Connection connection = database(name);
                DirectoryWriter writer = new DirectoryWriter(connection, TENANTS, seed, () -> Instant.EPOCH)) {
            writer.populate(20);
            for (int i = 0; i < 300; i++) {
                writer.runOnce();
            }
            List<String> content = new ArrayList<>(rows(connection, """
                    SELECT concat_ws('|', tenancy_id, id, display_name, is_anonymous) FROM project_user ORDER BY id"""));
            content.addAll(rows(connection, "SELECT contact_channel::text FROM contact_channel ORDER BY id"));
            return content;
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static Connection database(String name) throws SQLException {
        try (Connection admin = DriverManager.getConnection(server.jdbcUrl(PostgresServer.DATABASE));
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        Database.migrate(server.url(name));
        Connection connection = DriverManager.getConnection(server.jdbcUrl(name));
        try (DirectorySession session = new DirectorySession(connection)) {
            for (String tenant : TENANTS) {
                session.addTenancy(tenant, tenant);
            }
        }
        return connection;
    }
}
