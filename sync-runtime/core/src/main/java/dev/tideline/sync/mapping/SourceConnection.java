package dev.tideline.sync.mapping;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SourceUnavailableException;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.jdbc.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Connects to the source, and explains a failure in terms of the configuration file. */
public final class SourceConnection {

    private static final String PATH = "source.url";

    private SourceConnection() {}

    /**
     * A new connection in autocommit mode; the caller closes it.
     *
     * @throws SourceUnavailableException if the server does not answer
     * @throws ConfigException if it answers and rejects the login
     */
    public static Connection open(SyncConfig config) {
        try {
            return PostgresConnections.open(config.source(), "tideline");
        } catch (SQLException e) {
            throw failed(config, e);
        }
    }

    /** The problem in the configuration that a failure to connect points to. */
    public static ConfigException failed(SyncConfig config, SQLException e) {
        ConnectionFailure failure = ConnectionFailure.of(config.source(), e);
        Problem problem = config.positions().problem(PATH, failure.what(), failure.hint());
        return failure.passing()
                ? new SourceUnavailableException(problem, e)
                : new ConfigException(List.of(problem), e);
    }
}
