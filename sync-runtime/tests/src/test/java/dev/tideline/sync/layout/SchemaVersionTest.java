package dev.tideline.sync.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.install.Migration;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine works with the schema that this version's installation makes, and says so of any other. */
@ExtendWith(PostgresFixture.class)
class SchemaVersionTest {

    @Test
    void the_schema_of_this_version_is_accepted_and_any_other_is_named(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            SchemaVersion.check(connection); // nothing is installed: that is said elsewhere
            try (SourceDatabase source = new SourceDatabase(PostgresUrl.parse(database.url()), 2)) {
                Migration.run(source.pool());
            }
            SchemaVersion.check(connection);
            assertThat(database.rows("SELECT max(version::int) FROM tideline.schema_history"))
                    .hasToString("[[" + SchemaVersion.REQUIRED + "]]");

            database.execute("UPDATE tideline.schema_history SET version = '9999' WHERE version = '"
                    + SchemaVersion.REQUIRED + "'");
            assertThatThrownBy(() -> SchemaVersion.check(connection))
                    .isInstanceOf(NotInstalledException.class)
                    .hasMessage("schema tideline has version 9999, and this version of Tideline works with version "
                            + SchemaVersion.REQUIRED
                            + ". Use the version of Tideline that installed it, or a later one");

            database.execute("DELETE FROM tideline.schema_history WHERE version IN ('9999', '"
                    + (SchemaVersion.REQUIRED - 1) + "')");
            assertThatThrownBy(() -> SchemaVersion.check(connection))
                    .isInstanceOf(NotInstalledException.class)
                    .hasMessageEndingWith("Run \"install\" with this configuration first");
        }
    }
}
