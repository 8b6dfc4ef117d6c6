package dev.tideline.sync.dispatch;

import dev.tideline.sync.config.PollerConfig;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Claims waiting requests and hands each to whoever carries it out. Used by one thread. */
public final class Poller {

    private static final String FUSE =
            "SELECT coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'poller'), true)";

    private final SourceDatabase source;
    private final RequestStore requests;
    private final PollerConfig config;
    private final String claimant;
    private final IntSupplier capacity;
    private final Consumer<List<Claim>> handler;

    /**
     * @param capacity how many more requests the handler can take now
     * @param handler gets what was claimed and returns at once
     */
    public Poller(
            SourceDatabase source,
            RequestStore requests,
            PollerConfig config,
            String claimant,
            IntSupplier capacity,
            Consumer<List<Claim>> handler) {
        this.source = source;
        this.requests = requests;
        this.config = config;
        this.claimant = claimant;
        this.capacity = capacity;
        this.handler = handler;
    }

    /** Claims what there is, up to the limit, and says how many that was. */
    public int runOnce() throws SQLException {
        int limit = Math.min(config.claimLimit(), capacity.getAsInt());
        if (limit <= 0 || !enabled()) {
            return 0;
        }
        List<Claim> claims = requests.claim(claimant, limit, config.lease());
        if (!claims.isEmpty()) {
            handler.accept(claims);
        }
        return claims.size();
    }

    private boolean enabled() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.one(connection, FUSE, row -> row.getBoolean(1));
        }
    }
}
