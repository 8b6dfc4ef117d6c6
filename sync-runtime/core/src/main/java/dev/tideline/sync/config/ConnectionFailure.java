package dev.tideline.sync.config;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Why a Postgres server could not be used, in words: what, where, and what to do next. Names host, port, user and
 * database, and never a password.
 *
 * @param what one sentence without the full stop
 * @param hint what to do next
 * @param passing whether the same address may well work in a while, as when the server is down
 */
public record ConnectionFailure(String what, String hint, boolean passing) {

    private static final String CANNOT_CONNECT = "08001";
    private static final String PROTOCOL_VIOLATED = "08P01";
    private static final String REJECTED = "08004";
    private static final Set<String> MUST_TLS = Set.of("require", "verify-ca", "verify-full");

    /** Reads the failure of an attempt to connect. */
    public static ConnectionFailure of(PostgresUrl url, SQLException e) {
        if (e instanceof ConnectionFailedException known) {
            return known.failure();
        }
        String where = where(url);
        return ofPooler(where, e)
                .or(() -> ofNetwork(url, where, e))
                .or(() -> ofTls(url, where, e))
                .orElseGet(() -> ofServer(url, where, e));
    }

    /** {@code what. hint}. */
    public String message() {
        return hint.isEmpty() ? what : what + ". " + hint;
    }

    /** Whether a pooler refuses the parameters of our sessions: poolers know only a few. */
    private static Optional<ConnectionFailure> ofPooler(String where, SQLException e) {
        return PROTOCOL_VIOLATED.equals(e.getSQLState())
                        && String.valueOf(e.getMessage()).contains("unsupported startup parameter")
                ? Optional.of(pooler(where))
                : Optional.empty();
    }

    /** The process that answers is not the one in which the session runs. */
    public static ConnectionFailure pooler(PostgresUrl url) {
        return pooler(where(url));
    }

    private static ConnectionFailure pooler(String where) {
        return new ConnectionFailure(
                "what answers at " + where + " is a connection pooler, such as PgBouncer, and not Postgres itself",
                "It would pass the settings of our sessions on to its other clients. Write the address of the server"
                        + " behind"
                        + " it.",
                false);
    }

    private static String where(PostgresUrl url) {
        return (url.host().contains(":") ? "[" + url.host() + "]" : url.host()) + ":" + url.port();
    }

    private static Optional<ConnectionFailure> ofNetwork(PostgresUrl url, String where, SQLException e) {
        if (caused(e, UnknownHostException.class)) {
            return passing("the host " + url.host() + " is not known", "Correct the name, or make it resolve.");
        }
        boolean late = CANNOT_CONNECT.equals(e.getSQLState()) && e.getCause() == null;
        if (late || caused(e, SocketTimeoutException.class)) {
            return passing(
                    "no answer from " + where + " within " + url.connectTimeoutSeconds() + " s",
                    "Check for a firewall in between, and check host and port.");
        }
        // The stream ended instead of an answer, to the request for TLS or to any other.
        boolean hungUp = PROTOCOL_VIOLATED.equals(e.getSQLState()) && e.getCause() == null;
        if (hungUp || caused(e, EOFException.class)) {
            return passing(
                    "no answer from " + where + ": the connection was accepted and then closed",
                    "Check for a proxy or firewall in between, and that Postgres listens there.");
        }
        if (caused(e, NoRouteToHostException.class)) {
            return passing("there is no route to " + where, "Check the network, or correct the host.");
        }
        if (caused(e, ConnectException.class)) {
            return passing(
                    "nothing accepts connections at " + where, "Start Postgres there, or correct host and port.");
        }
        return Optional.empty();
    }

    private static Optional<ConnectionFailure> ofTls(PostgresUrl url, String where, SQLException e) {
        String mode = url.properties().getOrDefault("sslmode", "prefer");
        String message = String.valueOf(e.getMessage());
        // The driver speaks the machine's language, so its words alone are not enough.
        boolean refused = REJECTED.equals(e.getSQLState()) && url.password().isPresent() && MUST_TLS.contains(mode);
        if (refused || message.contains("does not support SSL")) {
            return lasting(
                    "the server at " + where + " does not offer TLS, and sslmode=" + mode + " asks for it",
                    "Enable TLS there, or write sslmode=disable if you trust the network.");
        }
        if (caused(e, SSLException.class)
                || message.contains("hostname") && message.contains("could not be verified")) {
            return lasting(
                    "the certificate of the server at " + where + " was not accepted with sslmode=" + mode,
                    mode.startsWith("verify")
                            ? "Add its authority to Java's trust store (-Djavax.net.ssl.trustStore=…), and use the name"
                                    + " that the certificate is for."
                            : "See the server's log for the reason.");
        }
        return Optional.empty();
    }

    private static ConnectionFailure ofServer(PostgresUrl url, String where, SQLException e) {
        String user = url.user().map(name -> "user \"" + name + "\"").orElse("the user");
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals(REJECTED) && url.password().isEmpty()
                || state.equals("28P01") && url.password().isEmpty()) {
            return new ConnectionFailure(
                    "the server at " + where + " asks for a password of " + user + ", and the address has none",
                    "Write postgres://user:password@host:port/database.",
                    false);
        }
        return switch (state) {
            case "28P01" ->
                new ConnectionFailure(
                        "the server at " + where + " does not accept the password of " + user,
                        "Correct the password in the address; there write characters such as @ / ? # as %40 %2F %3F"
                                + " %23.",
                        false);
            case "3D000" ->
                new ConnectionFailure(
                        "there is no database \"" + url.database() + "\" at " + where,
                        "Create it, or correct its name.",
                        false);
            case "28000" ->
                new ConnectionFailure(
                        "the server at " + where + " does not let " + user + " in: " + firstLine(e),
                        "Correct the user or the sslmode, or allow this in the server's pg_hba.conf.",
                        false);
            case "42501" ->
                new ConnectionFailure(
                        user + " may not connect to the database \"" + url.database() + "\" at " + where,
                        "Grant CONNECT on it.",
                        false);
            case "53300" ->
                new ConnectionFailure(
                        "the server at " + where + " has no free connection",
                        "Raise its max_connections, or close other sessions.",
                        true);
            case "57P03" ->
                new ConnectionFailure(
                        "the server at " + where + " is starting or stopping", "Try again in a moment.", true);
            default ->
                new ConnectionFailure(
                        "the server at " + where + " cannot be used: " + firstLine(e), "", state.startsWith("08"));
        };
    }

    private static Optional<ConnectionFailure> passing(String what, String hint) {
        return Optional.of(new ConnectionFailure(what, hint, true));
    }

    private static Optional<ConnectionFailure> lasting(String what, String hint) {
        return Optional.of(new ConnectionFailure(what, hint, false));
    }

    private static String firstLine(SQLException e) {
        return Excerpt.of(
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^FATAL: ", ""));
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
