package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code tideline.enqueue_request} in the application's own transactions. */
class EnqueueRequestTest {

    private static final String SETTINGS =
            "requests: { allow_private: true, secret: " + Receiver.SECRET + ", retry: 20ms, attempts: 3 }";

    private static SyncScenario installed() {
        SyncScenario scenario = SyncScenario.users();
        scenario.settings(SETTINGS);
        scenario.install();
        return scenario;
    }

    @Test
    void what_commits_is_sent_signed_and_what_is_rolled_back_is_not() throws SQLException {
        try (SyncScenario scenario = installed();
                Receiver receiver = new Receiver()) {
            scenario.run();
            try (Connection connection = scenario.source().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SELECT tideline.enqueue_request('" + receiver.url() + "', '{\"n\": 1}')");
                connection.rollback();
                statement.execute("SELECT tideline.enqueue_request('" + receiver.url() + "', '{\"n\": 2}')");
                connection.commit();
            }
            assertThat(receiver.await(1)).extracting(r -> r.body().toString()).containsExactly("{\"n\":2}");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request WHERE kind = 'http'")
                    .become("0");
            Rows.of(scenario.source(), "SELECT attempt, status, error FROM tideline.delivery_attempt")
                    .become("1|200|NULL");
        }
    }

    @Test
    void without_a_secret_of_ones_own_the_installed_one_signs() {
        try (SyncScenario scenario = SyncScenario.users();
                Receiver receiver = new Receiver()) {
            scenario.settings("requests: { allow_private: true }");
            scenario.install();
            receiver.verifyingWith(scenario.source().value("SELECT secret FROM tideline.signing_secret"));
            scenario.run();
            scenario.source().execute("SELECT tideline.enqueue_request('" + receiver.url() + "')");
            assertThat(receiver.await(1)).hasSize(1);
        }
    }

    @Test
    void a_request_is_seen_where_users_look() {
        try (SyncScenario scenario = installed()) {
            scenario.source()
                    .execute("SELECT tideline.enqueue_request('https://example.org/x', '{\"a\": 1}', '{\"x-y\":"
                            + " \"z\"}', 'd', 'f', 2)");
            assertThat(Rows.of(
                                    scenario.source(),
                                    "SELECT kind, url, body, headers, parallelism, attempts, dead FROM"
                                            + " tideline.outgoing_request")
                            .now())
                    .containsExactly("http|https://example.org/x|{\"a\": 1}|{\"x-y\": \"z\"}|2|0|f");
        }
    }

    @Test
    void neither_the_callers_search_path_nor_its_rights_on_our_tables_matter() throws SQLException {
        try (SyncScenario scenario = installed()) {
            String role = "app_" + scenario.source().name();
            scenario.source()
                    .execute(
                            "CREATE ROLE " + role + " LOGIN PASSWORD 'x'", "GRANT USAGE ON SCHEMA tideline TO " + role);
            String call = "SELECT tideline.enqueue_request('https://example.org/')";
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + scenario.source().port() + "/"
                                    + scenario.source().name(),
                            role,
                            "x");
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(call))
                        .hasMessageContaining("permission denied for function");
                scenario.source()
                        .execute("GRANT EXECUTE ON FUNCTION tideline.enqueue_request(text, jsonb, jsonb, text, text,"
                                + " integer) TO "
                                + role);
                statement.execute("CREATE TEMP TABLE http_request (x int); SET search_path = pg_temp");
                statement.execute(call);
            } finally {
                scenario.source().execute("DROP OWNED BY " + role, "DROP ROLE " + role);
            }
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.http_request"))
                    .isEqualTo("1");
        }
    }

    @Test
    void what_could_never_be_sent_is_refused_at_once() {
        try (SyncScenario scenario = installed()) {
            for (String arguments : NEVER) {
                assertThatThrownBy(
                                () -> scenario.source().execute("SELECT tideline.enqueue_request(" + arguments + ")"))
                        .as(arguments)
                        .rootCause()
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isIn("22023", "54000");
            }
        }
    }

    private static final List<String> NEVER = List.of(
            "NULL",
            "''",
            "'example.org'",
            "'ftp://example.org'",
            "'https://user:x@example.org/'",
            "'https://example.org/a b'",
            "E'https://example.org/\\n'",
            "'file:///etc/passwd'",
            "'https:///x'",
            "'https://e.org', headers => '[]'",
            "'https://e.org', headers => '{\"a\": 1}'",
            "'https://e.org', headers => '{\"Host\": \"x\"}'",
            "'https://e.org', headers => '{\"webhook-id\": \"x\"}'",
            "'https://e.org', headers => '{\"a b\": \"x\"}'",
            "'https://e.org', headers => '{\"a\": \"x\\r\\ny: z\"}'",
            "'https://e.org', body => to_jsonb(repeat('x', 300000))",
            "'https://e.org', deduplication_key => repeat('x', 501)",
            "'https://e.org', flow_key => ''",
            "'https://e.org', flow_key => 'f', parallelism => 0",
            "'https://e.org', parallelism => 2");
}
