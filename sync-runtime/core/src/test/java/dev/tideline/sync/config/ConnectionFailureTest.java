package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/**
 * What the driver throws, in our words. Those that a real server can be made to give stand in {@code CheckCommandTest}
 * too; here are the others, as the driver was seen to throw them.
 */
class ConnectionFailureTest {

    private static final String AT = "db.example.org:5432";

    private static ConnectionFailure of(String url, SQLException thrown) {
        return ConnectionFailure.of(PostgresUrl.parse(url), thrown);
    }

    private static ConnectionFailure ofNetwork(Exception cause) {
        return of(
                "postgres://u:hunter2@db.example.org/d",
                new SQLException("The connection attempt failed.", "08001", cause));
    }

    private static ConnectionFailure ofServer(String state, String message) {
        return of("postgres://u:hunter2@db.example.org/d", new SQLException(message, state));
    }

    @Test
    void a_network_that_leads_nowhere_may_lead_somewhere_in_a_while() {
        assertThat(ofNetwork(new UnknownHostException("db.example.org")))
                .isEqualTo(new ConnectionFailure(
                        "the host db.example.org is not known", "Correct the name, or make it resolve.", true));
        assertThat(ofNetwork(new NoRouteToHostException()))
                .isEqualTo(new ConnectionFailure(
                        "there is no route to " + AT, "Check the network, or correct the host.", true));
        assertThat(ofNetwork(new SocketTimeoutException()))
                .isEqualTo(new ConnectionFailure(
                        "no answer from " + AT + " within 10 s",
                        "Check for a firewall in between, and check host and port.",
                        true));
        assertThat(of("postgres://u@db.example.org/d?connect_timeout=3", new SQLException("late", "08001"))
                        .what())
                .isEqualTo("no answer from " + AT + " within 3 s");
        assertThat(ofNetwork(new EOFException()))
                .isEqualTo(new ConnectionFailure(
                        "no answer from " + AT + ": the connection was accepted and then closed",
                        "Check for a proxy or firewall in between, and that Postgres listens there.",
                        true));
        assertThat(ofNetwork(new ConnectException()))
                .isEqualTo(new ConnectionFailure(
                        "nothing accepts connections at " + AT,
                        "Start Postgres there, or correct host and port.",
                        true));
    }

    @Test
    void a_certificate_that_is_not_accepted_lasts() {
        SQLException thrown = new SQLException("SSL error", "08006", new SSLHandshakeException("PKIX"));

        assertThat(of("postgres://u:hunter2@db.example.org/d?sslmode=verify-full", thrown))
                .isEqualTo(new ConnectionFailure(
                        "the certificate of the server at " + AT + " was not accepted with sslmode=verify-full",
                        "Add its authority to Java's trust store (-Djavax.net.ssl.trustStore=…), and use the name that"
                                + " the certificate is for.",
                        false));
        assertThat(of("postgres://u:hunter2@db.example.org/d?sslmode=require", thrown)
                        .message())
                .isEqualTo("the certificate of the server at " + AT + " was not accepted with sslmode=require."
                        + " See the server's log for the reason.");
        assertThat(of(
                                "postgres://u:hunter2@[::1]/d?sslmode=verify-full",
                                new SQLException("The hostname ::1 could not be verified by hostnameverifier", "08006"))
                        .what())
                .isEqualTo("the certificate of the server at [::1]:5432 was not accepted with sslmode=verify-full");
    }

    @Test
    void what_the_server_says_is_reported_with_what_to_do() {
        assertThat(ofServer("28000", "FATAL: no pg_hba.conf entry for host \"10.0.0.1\", user \"u\"\n  more")
                        .message())
                .isEqualTo("the server at " + AT + " does not let user \"u\" in: no pg_hba.conf entry for host"
                        + " \"10.0.0.1\", user \"u\". Correct the user or the sslmode, or allow this in the server's"
                        + " pg_hba.conf.");
        assertThat(ofServer("42501", "FATAL: permission denied for database \"d\"")
                        .message())
                .isEqualTo("user \"u\" may not connect to the database \"d\" at " + AT + ". Grant CONNECT on it.");
        assertThat(ofServer("53300", "FATAL: sorry, too many clients already"))
                .isEqualTo(new ConnectionFailure(
                        "the server at " + AT + " has no free connection",
                        "Raise its max_connections, or close other sessions.",
                        true));
        assertThat(ofServer("57P03", "FATAL: the database system is starting up"))
                .isEqualTo(new ConnectionFailure(
                        "the server at " + AT + " is starting or stopping", "Try again in a moment.", true));
        assertThat(ofServer("XX000", "ERROR: cache lookup failed\nmore"))
                .isEqualTo(new ConnectionFailure(
                        "the server at " + AT + " cannot be used: ERROR: cache lookup failed", "", false));
        assertThat(ofServer("08006", "An I/O error occurred.").passing()).isTrue();
    }
}
