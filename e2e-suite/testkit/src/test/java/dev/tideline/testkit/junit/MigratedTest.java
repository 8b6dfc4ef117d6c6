package dev.tideline.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tideline.testkit.Circumstances;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Migration;
import dev.tideline.testkit.fixture.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineTestKit;

class MigratedTest {
    private static final List<String> OF_EACH = new CopyOnWriteArrayList<>();
    private static final List<String> OF_ALL = new CopyOnWriteArrayList<>();
    private static final AtomicInteger MIGRATIONS = new AtomicInteger();
    private static EmbeddedPostgres postgres;
    private static TidelineExtension extension;

    @BeforeAll
    static void start(@TempDir Path folder) {
        postgres = EmbeddedPostgres.start(18, folder);
        extension = TidelineExtension.on(
                new MailServer(URI.create("http://127.0.0.1:1"), "127.0.0.1", 1), postgres.url(), Circumstances.none());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    static final class Shop implements Migration {
        @Override
        public void migrate(ExternalDatabase empty) throws SQLException {
            MIGRATIONS.incrementAndGet();
            try (Connection connection = empty.connect()) {
                EmbeddedPostgres.execute(connection, "CREATE TABLE item AS SELECT 'lamp' AS name");
            }
        }
    }

    static final class EachItsOwn {
        @RegisterExtension
        static final TidelineExtension TIDELINE = extension;

        @RepeatedTest(3)
        void uses_up(@Migrated(Shop.class) ExternalDatabase shop) throws SQLException {
            useUp(shop, OF_EACH);
        }
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static final class OneForAll {
        @RegisterExtension
        static final TidelineExtension TIDELINE = extension;

        private static ExternalDatabase database;

        @BeforeAll
        static void open(@Migrated(Shop.class) ExternalDatabase shop) {
            database = shop;
        }

        @RepeatedTest(3)
        void uses_up() throws SQLException {
            useUp(database, OF_ALL);
        }
    }

    @Test
    void a_parameter_of_a_test_is_a_copy_for_it_and_one_of_a_class_is_reset_after_each_test() throws SQLException {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(EachItsOwn.class), selectClass(OneForAll.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(6).failed(0));

        assertThat(MIGRATIONS).as("run once, for both classes").hasValue(1);
        assertThat(OF_EACH).hasSize(3).doesNotHaveDuplicates();
        assertThat(OF_ALL).hasSize(3).containsOnly(OF_ALL.get(0));
        assertThat(postgres.names()).noneMatch(name -> name.startsWith("tidetest"));
    }

    private static void useUp(ExternalDatabase shop, List<String> addresses) throws SQLException {
        addresses.add(shop.url());
        try (Connection connection = shop.connect()) {
            assertThat(EmbeddedPostgres.ask(connection, "SELECT count(*) FROM item"))
                    .isEqualTo("1");
            EmbeddedPostgres.execute(connection, "DELETE FROM item");
        }
    }
}
