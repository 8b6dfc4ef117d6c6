package dev.tideline.sync.fetch;

import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what lies behind a tenant's cursors, and reads it. Safe for use by many threads. */
public final class ChangeFetcher {

    private final SourceDatabase source;
    private final List<Mapping> mappings;
    private final InstalledLayout layout;
    private final String boundsSql;

    public ChangeFetcher(SourceDatabase source, List<Mapping> mappings, InstalledLayout layout) {
        this.source = source;
        this.mappings = mappings;
        this.layout = layout;
        this.boundsSql = mappings.stream()
                .map(mapping -> dev.tideline.sync.sql.SqlTemplate.of("4-fetch/bounds")
                        .with("stream", layout.rootOf(mapping).id())
                        .with("ledger", layout.rootOf(mapping).ledger())
                        .fill())
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /**
     * How far the next batch of one mapping reaches.
     *
     * @param epoch of the root stream; raised by TRUNCATE
     * @param upTo the batch's last sequence id; the cursor itself where there is nothing
     * @param rows how many rows it has
     */
    public record Bounds(long epoch, long upTo, long rows) {}

    /**
     * The next batches of all mappings, in one query.
     *
     * @param cursors one for each mapping, in their order
     */
    public List<Bounds> bounds(String tenant, List<Long> cursors, int limit) throws SQLException {
        try (Connection connection = source.connection();
                PreparedStatement statement = connection.prepareStatement(boundsSql)) {
            int parameter = 1;
            for (long cursor : cursors) {
                statement.setString(parameter++, tenant);
                statement.setLong(parameter++, cursor);
                statement.setInt(parameter++, limit);
            }
            List<Bounds> bounds = new ArrayList<>(cursors.size());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long cursor = cursors.get(bounds.size());
                    long upTo = rows.getLong(2);
                    bounds.add(new Bounds(rows.getLong(1), rows.wasNull() ? cursor : upTo, rows.getLong(3)));
                }
            }
            return bounds;
        }
    }

    /** The rows of one batch. */
    public RowStream changes(Mapping mapping, String tenant, long after, long upTo) throws SQLException {
        return RowStream.open(source, new RowQuery(mapping).changes(layout.rootOf(mapping), tenant, after, upTo));
    }

    /** A tenant's rows in the order of the key, from behind a key on. */
    public RowStream rows(Mapping mapping, String tenant, List<String> after) throws SQLException {
        return RowStream.open(source, new RowQuery(mapping).rows(tenant, after));
    }

    /** The keys of a tenant's rows. */
    public RowStream keys(Mapping mapping, String tenant) throws SQLException {
        return RowStream.open(source, new RowQuery(mapping).keys(tenant));
    }

    /** The id of the last pass that committed: everything up to it is visible to whatever is read from now on. */
    public long lastSequenceId() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.one(connection, "SELECT last_sequence_id FROM tideline.sequencer", row -> row.getLong(1));
        }
    }

    /** What the rows of a mapping are made with now: its definition, the stream behind it, and how often that was truncated. */
    public String definition(Mapping mapping, long epoch) {
        return dev.tideline.sync.capture.Layout.definition(mapping) + "/"
                + layout.rootOf(mapping).incarnation() + "/" + epoch;
    }

    public List<Mapping> mappings() {
        return mappings;
    }
}
