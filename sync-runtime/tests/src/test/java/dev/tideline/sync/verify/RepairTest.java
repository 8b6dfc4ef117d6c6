package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.verify.RowDifference.Kind;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepairTest {

    private static final Mapping USERS = Mappings.users("id bigint", "name text", "email text");

    private final TwoDatabases databases;

    RepairTest() throws SQLException {
        databases = new TwoDatabases();
        databases.inSource("CREATE TABLE users (id bigint PRIMARY KEY, tenant integer, name text, email text)");
        databases.inTarget("CREATE TABLE users (id bigint PRIMARY KEY, name text, email text)");
        databases.inSource("INSERT INTO users SELECT i, 1, 'name ' || i, 'mail' FROM generate_series(1, 3000) i");
        databases.inTarget("INSERT INTO users SELECT i, 'name ' || i, 'mail' FROM generate_series(1, 3000) i");
    }

    @AfterEach
    void drop() throws SQLException {
        databases.close();
    }

    @Test
    void what_is_equal_is_left_alone() throws Exception {
        String before = databases.target("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM users");

        RepairReport report = repair();

        assertThat(report.repaired()).isZero();
        assertThat(report.after()).isEqualTo(report.before());
        assertThat(databases.target("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM users"))
                .isEqualTo(before);
    }

    @Test
    void just_the_rows_that_differ_are_written() throws Exception {
        databases.inTarget("DELETE FROM users WHERE id <= 1000");
        databases.inTarget("UPDATE users SET name = NULL WHERE id BETWEEN 1001 AND 1700");
        databases.inTarget("INSERT INTO users SELECT i, 'no', 'such' FROM generate_series(4001, 4900) i");
        String untouched = "SELECT string_agg(xmin::text, ',' ORDER BY id) FROM users WHERE id BETWEEN 1701 AND 3000";
        String before = databases.target(untouched);

        RepairReport report = repair();

        assertThat(report.before().missing()).isEqualTo(1000);
        assertThat(report.before().different()).isEqualTo(700);
        assertThat(report.before().extra()).isEqualTo(900);
        assertThat(report.repaired()).isEqualTo(2600);
        assertThat(report.after().equal()).isTrue();
        assertThat(report.after().targetRows()).isEqualTo(3000);
        assertThat(databases.target(untouched)).isEqualTo(before);
    }

    @Test
    void the_owners_own_columns_and_the_rows_that_refer_to_ours_stay() throws Exception {
        databases.inTarget("ALTER TABLE users ADD COLUMN note text; UPDATE users SET note = 'mine'");
        databases.inTarget("CREATE TABLE theirs (id bigint REFERENCES users ON DELETE CASCADE);"
                + " INSERT INTO theirs VALUES (5); UPDATE users SET name = 'x' WHERE id = 5");

        assertThat(repair().after().equal()).isTrue();

        assertThat(databases.target("SELECT name || ', ' || note || ', ' || count(t.id) FROM users u"
                        + " JOIN theirs t USING (id) GROUP BY name, note"))
                .isEqualTo("name 5, mine, 1");
    }

    @Test
    void a_row_that_the_target_refuses_keeps_no_other_from_being_repaired() throws Exception {
        databases.inTarget("DELETE FROM users WHERE id BETWEEN 100 AND 700");
        databases.inTarget("ALTER TABLE users ADD CHECK (name <> 'name 444')");

        RepairReport report = repair();

        assertThat(report.repaired()).isEqualTo(600);
        assertThat(report.after().rows())
                .containsExactly(new RowDifference(Kind.MISSING, new RowKey(List.of("444")), List.of()));
    }

    @Test
    void what_a_lost_primary_key_let_in_is_removed() throws Exception {
        databases.inTarget("ALTER TABLE users DROP CONSTRAINT users_pkey; ALTER TABLE users ALTER id DROP NOT NULL");
        databases.inTarget("INSERT INTO users SELECT * FROM users WHERE id = 9");
        databases.inTarget("INSERT INTO users VALUES (NULL, 'a', 'b')");

        RepairReport report = repair();

        assertThat(report.repaired()).isGreaterThanOrEqualTo(2);
        assertThat(report.after().equal()).isTrue();
    }

    private RepairReport repair() throws InterruptedException {
        return new Verifier(
                        VerifyOptions.DEFAULT,
                        () -> {
                            throw new AssertionError("nothing is under way");
                        },
                        System::nanoTime,
                        VerifyListener.SILENT)
                .repair(new Comparison(USERS, "1", databases.source(), databases.target(), Flow.NONE));
    }
}
