package dev.tideline.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.engine.SyncListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetCrashTest {

    /** Whatever the server's own setting: here it is "off", and nothing is written unless somebody asks. */
    @Test
    void what_the_source_was_told_of_outlives_a_kill_of_the_target(@TempDir Path folder) throws Exception {
        try (PostgresServer target = PostgresServer.builder()
                        .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), PostgresFixture.NEWEST))
                        .dataDirectory(folder.resolve("data"))
                        .durability(Durability.FAST)
                        .setting("wal_writer_delay", "10000")
                        .build()
                        .start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("1", "second", target.url(PostgresServer.DATABASE));
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'first'), (1, 2, 'first')");
            scenario.install();
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            scenario.source().execute("UPDATE project_user SET display_name = 'second'");
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);

            target.kill();
            target.restart();

            assertThat(value(target, "SELECT string_agg(display_name, ',') FROM users"))
                    .isEqualTo("second,second");
        }
    }

    private static String value(PostgresServer server, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(PostgresServer.DATABASE));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
