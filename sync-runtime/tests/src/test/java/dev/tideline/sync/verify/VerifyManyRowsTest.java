package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.verify.VerifyListener.Phase;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code -Dtideline.verify.rows=1000000} for the long form, which also scans by slices. */
class VerifyManyRowsTest {

    private static final int ROWS = Integer.getInteger("tideline.verify.rows", 200_000);

    /** So small that a fifth of the keys of the short form alone would not fit. */
    private static final String HEAP = "-Xmx24m";

    private static final Mapping USERS = Mappings.users("id bigint", "name text", "email text");

    private final TwoDatabases databases;

    VerifyManyRowsTest() throws SQLException {
        databases = new TwoDatabases();
        databases.inSource("CREATE TABLE users (id bigint PRIMARY KEY, tenant integer, name text, email text)");
        databases.inTarget("CREATE TABLE users (id bigint PRIMARY KEY, name text, email text)");
        String rows =
                "i, %s 'User number ' || i, 'user' || i || '@example.com' FROM generate_series(1, " + ROWS + ") i";
        databases.inSource("INSERT INTO users SELECT " + rows.formatted("1,"));
        databases.inTarget("INSERT INTO users SELECT " + rows.formatted(""));
        databases.inSource("ANALYZE users");
        databases.inTarget("ANALYZE users");
    }

    @AfterEach
    void drop() throws SQLException {
        databases.close();
    }

    @Test
    void one_row_among_many_is_found_and_only_its_bucket_is_listed() throws Exception {
        int odd = ROWS / 3;
        databases.inTarget("UPDATE users SET name = name || ' ' WHERE id = " + odd);
        Queue<Long> listed = new ConcurrentLinkedQueue<>();
        Queue<Long> scanned = new ConcurrentLinkedQueue<>();

        VerifyReport report = verifier((phase, side, rows, ofRows) -> {
                    if (phase == Phase.NARROW) {
                        listed.add(ofRows);
                    } else if (phase == Phase.SCAN) {
                        scanned.add(rows);
                    }
                })
                .verify(new Comparison(USERS, "1", databases.source(), databases.target(), Flow.NONE));

        assertThat(report.sourceRows()).isEqualTo(ROWS);
        assertThat(report.rows())
                .containsExactly(new RowDifference(
                        RowDifference.Kind.DIFFERENT, new RowKey(List.of(String.valueOf(odd))), List.of("name")));
        assertThat(listed).isNotEmpty().allSatisfy(rows -> assertThat(rows).isLessThan(1_000));
        assertThat(scanned).contains(0L, (long) ROWS);
    }

    @Test
    void a_small_heap_is_enough_for_any_number_of_rows_and_of_differences() throws Exception {
        databases.inTarget("UPDATE users SET name = 'x' WHERE id % 3 = 0");
        databases.inTarget("DELETE FROM users WHERE id % 3 = 1");

        Process small = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        databases.sourceUrl(),
                        databases.targetUrl())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .start();
        String output = new String(small.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(small.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output.lines().reduce((one, next) -> next))
                .as(output)
                .hasValue("missing " + (ROWS + 2) / 3 + ", different " + ROWS / 3);
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static Verifier verifier(VerifyListener listener) {
        return new Verifier(
                VerifyOptions.DEFAULT,
                () -> {
                    throw new AssertionError("nothing is under way");
                },
                System::nanoTime,
                listener);
    }

    /** Verifies in a JVM of its own. */
    static final class SmallHeap {

        private SmallHeap() {}

        public static void main(String[] urls) throws Exception {
            VerifyReport report = verifier(VerifyListener.SILENT)
                    .verify(new Comparison(
                            USERS,
                            "1",
                            () -> DriverManager.getConnection(urls[0]),
                            () -> DriverManager.getConnection(urls[1]),
                            Flow.NONE));
            System.out.println("missing " + report.missing() + ", different " + report.different());
        }
    }
}
