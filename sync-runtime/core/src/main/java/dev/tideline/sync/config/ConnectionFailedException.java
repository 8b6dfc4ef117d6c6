package dev.tideline.sync.config;

import java.sql.SQLException;

/** A connection failed, described in the same words everywhere. The message says what to do next. */
public final class ConnectionFailedException extends SQLException {

    private final transient ConnectionFailure failure;

    /** The driver's error in words, with its SQLSTATE. */
    public ConnectionFailedException(PostgresUrl url, SQLException cause) {
        this(ConnectionFailure.of(url, cause), cause.getSQLState(), cause);
    }

    /** @param cause may be null */
    public ConnectionFailedException(ConnectionFailure failure, String state, Throwable cause) {
        super(failure.message(), state, cause);
        this.failure = failure;
    }

    ConnectionFailure failure() {
        return failure;
    }
}
