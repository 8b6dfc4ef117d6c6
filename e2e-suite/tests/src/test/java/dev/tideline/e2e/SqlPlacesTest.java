package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SQL that is longer than a line stands in a {@code .sql} resource, with a comment on its locks and their order. */
class SqlPlacesTest {

    private static final String VERBS =
            "(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP|LOCK TABLE|MERGE INTO|TRUNCATE|COPY|DO)";
    private static final String LITERAL = "\"(?:[^\"\\\\\n]|\\\\.)*\"";

    /** Constant statements. One that is put together around names of the user's tables stays in the code. */
    private static final Pattern LONG_SQL =
            Pattern.compile("\"" + VERBS + " (?:[^\"\\\\\n]|\\\\.)*\"(?: *\\+ *" + LITERAL
                    + ")* *\n *\\+ *" + LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*\\s*[,;)]"
                    + "|\"\"\"\\s+(?:--[^\n]*\\s+)*" + VERBS + "\\s");

    @Test
    void long_sql_stands_in_resources() throws IOException {
        for (String module : List.of("port-config", "sync-maven-plugin", "sync-runtime")) {
            try (Stream<Path> files = Files.walk(Path.of("../..", module))) {
                assertThat(files.filter(file -> file.toString().contains("/src/main/java/"))
                                .filter(Files::isRegularFile)
                                .filter(SqlPlacesTest::hasLongSql))
                        .as("SQL of several lines in Java: move it into a .sql resource")
                        .isEmpty();
            }
        }
    }

    private static boolean hasLongSql(Path file) {
        try {
            return LONG_SQL.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
