package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.readiness.PostgresProbe;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Waits until a server answers, and if it does not, reports the end of its log.
 *
 * @param limit for the start
 * @param shutdown ends a server that is not ready in time
 */
record PostgresReadiness(PostgresDataDirectory data, LogFile log, int port, Duration limit, PostgresShutdown shutdown) {

    private static final int TAIL_LINES = 20;

    /** Whether the server answers; false if its port was taken in the meantime and another may be tried. */
    boolean await(Process process, long logStart, boolean mayChangePort) {
        Optional<Boolean> ready = Poll.until(limit, () -> {
            if (!process.isAlive()) {
                return Optional.of(false);
            }
            return data.postmaster().filter(p -> p.pid() == process.pid()).isPresent() && data.isReady()
                    ? Optional.of(true)
                    : Optional.empty();
        });
        if (ready.equals(Optional.of(true))) {
            awaitSelect(logStart);
            return true;
        }
        boolean portTaken =
                log.tail(TAIL_LINES, logStart).stream().anyMatch(line -> line.contains("Address already in use"));
        if (portTaken && mayChangePort) {
            return false;
        }
        if (ready.isEmpty()) {
            shutdown.kill();
            process.destroyForcibly();
            throw failure("was not ready within " + limit.toSeconds() + " s", logStart, null);
        }
        throw failure("ended while it started", logStart, null);
    }

    /** Returns when the server has answered a query. */
    void awaitSelect(long logStart) {
        PostgresProbe probe = new PostgresProbe(
                "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/" + PostgresServer.DATABASE,
                PostgresServer.USER,
                PostgresServer.PASSWORD);
        SQLException[] last = new SQLException[1];
        boolean answered = Poll.untilTrue(limit, () -> {
            try {
                probe.ask();
                return true;
            } catch (SQLException e) {
                last[0] = e;
                return false;
            }
        });
        if (!answered) {
            throw failure("did not answer SELECT 1 within " + limit.toSeconds() + " s", logStart, last[0]);
        }
    }

    private DevServicesException failure(String what, long logStart, Exception cause) {
        List<String> tail = log.tail(TAIL_LINES, logStart);
        return new DevServicesException(
                "Postgres on port " + port + " " + what + (cause == null ? "" : ": " + cause.getMessage())
                        + "\nData: " + data.path() + "\nEnd of " + log.path() + ":\n  "
                        + (tail.isEmpty() ? "(nothing was logged)" : String.join("\n  ", tail)),
                cause);
    }
}
