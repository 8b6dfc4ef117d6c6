package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.target.ExternalDatabase;
import org.junit.jupiter.api.Test;

class RunProgressTest {

    private static final ExternalDatabase ONE = new ExternalDatabase("1", "main", "postgres://a@b/c", Grants.NONE);
    private static final ExternalDatabase TWO = new ExternalDatabase("2", "main", "postgres://a@b/d", Grants.NONE);

    @Test
    void a_line_tells_what_moved_since_the_last_one_and_there_is_none_if_nothing_did() {
        RunProgress progress = new RunProgress();
        assertThat(progress.line()).isEmpty();
        progress.copied(ONE, null, 1, 1);
        assertThat(progress.line()).contains("1 row copied in 1 external database");
        progress.copied(ONE, null, 2, 3);
        progress.applied(TWO, null, 3, 1, 7);
        progress.applied(ONE, null, 1, 0, 8);
        assertThat(progress.line()).contains("2 rows copied, 4 changed in 2 external databases");
        progress.applied(ONE, null, 1, 0, 9);
        assertThat(progress.line()).contains("1 row changed in 1 external database");
        assertThat(progress.line()).isEmpty();
    }
}
