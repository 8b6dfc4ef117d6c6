package dev.tideline.sync.fetch;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds what lies behind a tenant's cursors, and reads it. Safe for use by many threads. */
public final class ChangeFetcher {

    private final SourceDatabase source;
    private final List<Mapping> mappings;
    private volatile Wiring wiring;
    private volatile int sourceMajor; // 0: not read yet

    public ChangeFetcher(SourceDatabase source, List<Mapping> mappings, InstalledLayout layout) {
        this.source = source;
        this.mappings = mappings;
        use(layout);
    }

    private record Wiring(InstalledLayout layout, String boundsSql) {}

    /** Switches to a newly installed layout, which contains all mappings of this fetcher. */
    public void use(InstalledLayout layout) {
        wiring = new Wiring(
                layout,
                mappings.stream()
                        .map(mapping -> SqlTemplate.of("4-fetch/bounds")
                                .with("stream", layout.rootOf(mapping).id())
                                .with("ledger", layout.rootOf(mapping).ledger())
                                .fill())
                        .collect(Collectors.joining("\nUNION ALL\n")));
    }

    public long layoutVersion() {
        return wiring.layout().version();
    }

    /**
     * How far the next batch of one mapping reaches.
     *
     * @param epoch of the root stream; raised by TRUNCATE
     * @param upTo the batch's last sequence id; the cursor itself if there is no change
     * @param rows number of rows in the batch
     * @param collected id up to which the tenant's entries may have been removed; a cursor behind it cannot continue
     * @param completeThrough time up to which all commits are covered by the last sequence id; null if unknown
     */
    public record Bounds(long epoch, long upTo, long rows, long collected, String completeThrough) {}

    /** The installed layout is not the one that this fetcher uses. */
    public static final class LayoutChangedException extends RuntimeException {

        LayoutChangedException() {
            super("what is installed in the source has changed");
        }
    }

    /**
     * The next batches of all mappings, in one query.
     *
     * @param cursors one for each mapping, in their order
     * @throws LayoutChangedException if these mappings may no longer be the installed ones
     */
    public List<Bounds> bounds(String tenant, List<Long> cursors, int limit) throws SQLException {
        Wiring now = wiring;
        try (Connection connection = source.connection();
                PreparedStatement statement = connection.prepareStatement(now.boundsSql())) {
            int parameter = 1;
            for (long cursor : cursors) {
                statement.setString(parameter++, tenant);
                statement.setString(parameter++, tenant);
                statement.setLong(parameter++, cursor);
                statement.setInt(parameter++, limit);
            }
            List<Bounds> bounds = new ArrayList<>(cursors.size());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long cursor = cursors.get(bounds.size());
                    long upTo = rows.getLong(2);
                    boolean nothing = rows.wasNull();
                    if (rows.getLong(5) != now.layout().version()) {
                        throw new LayoutChangedException();
                    }
                    bounds.add(new Bounds(
                            rows.getLong(1),
                            nothing ? cursor : upTo,
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getString(6)));
                }
            }
            return bounds;
        } catch (SQLException e) {
            throw FetchException.of(e);
        }
    }

    /**
     * A key that changed.
     *
     * @param sequenceId the newest within a batch
     * @param key texts of its columns
     */
    public record Entry(long sequenceId, List<String> key) {}

    /** The keys of one batch with their newest sequence ids in it. All are held in memory. */
    public List<Entry> entries(Mapping mapping, String tenant, long after, long upTo) throws SQLException {
        InstalledStream root = wiring.layout().rootOf(mapping);
        String sql = SqlTemplate.of("4-fetch/entries")
                .with("ledger", root.ledger())
                .with("stream", root.id())
                .with("tenant", Sql.literal(tenant))
                .with("after", after)
                .with("upTo", upTo)
                .with("keyTexts", RowQuery.keyTexts(mapping, "k"))
                .with("keys", Sql.numbered(mapping.key(), (i, column) -> "k" + i))
                .fill();
        return ask(connection -> Jdbc.list(connection, sql, row -> new Entry(row.getLong(1), texts(mapping, row, 2))));
    }

    /**
     * The keys of the next rows after a key, as texts, in order. Includes rows that the mapping's filter leaves out.
     */
    public List<List<String>> nextKeys(Mapping mapping, String tenant, List<String> after, int limit)
            throws SQLException {
        String sql = new RowQuery(mapping).nextKeys(tenant, after);
        return ask(connection -> Jdbc.list(connection, sql, row -> texts(mapping, row, 1), limit));
    }

    /** The current rows of some keys, in the form of a batch of changes. */
    public KeyedRows keyed(Mapping mapping, String tenant, List<List<String>> keys) throws SQLException {
        RowQuery query = new RowQuery(mapping);
        return inOrder(mapping, CopyFormat.TEXT, List.of(), behind -> query.keyed(tenant, keys, behind));
    }

    /** A tenant's rows after one key, up to another, both given as texts. */
    public KeyedRows rows(Mapping mapping, String tenant, List<String> after, List<String> upTo) throws SQLException {
        RowQuery query = new RowQuery(mapping);
        return inOrder(mapping, CopyFormat.TEXT, after, behind -> query.rows(tenant, behind, upTo));
    }

    private static List<String> texts(Mapping mapping, ResultSet row, int first) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < mapping.key().size(); i++) {
            texts.add(row.getString(first + i));
        }
        return List.copyOf(texts);
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws SQLException {
        try (Connection connection = source.connection()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw FetchException.of(e);
        }
    }

    /**
     * The rows of one batch, from one statement. It fails with {@link StatementEndedException} if they are not consumed
     * in time.
     */
    public RowStream changes(Mapping mapping, String tenant, long after, long upTo, CopyFormat format)
            throws SQLException {
        return RowStream.open(
                source,
                new RowQuery(mapping).changes(wiring.layout().rootOf(mapping), tenant, after, upTo, format),
                format);
    }

    /** The same for a slow consumer. */
    public KeyedRows changesInOrder(Mapping mapping, String tenant, long after, long upTo, CopyFormat format)
            throws SQLException {
        RowQuery query = new RowQuery(mapping);
        InstalledStream root = wiring.layout().rootOf(mapping);
        return inOrder(
                mapping, format, List.of(), behind -> query.changesInOrder(root, tenant, after, upTo, format, behind));
    }

    /** A tenant's rows in the order of the key, starting after a key. */
    public KeyedRows rows(Mapping mapping, String tenant, List<String> after, CopyFormat format) throws SQLException {
        RowQuery query = new RowQuery(mapping);
        return inOrder(mapping, format, after, behind -> query.rows(tenant, behind, format));
    }

    /** The keys of a tenant's rows. */
    public KeyedRows keys(Mapping mapping, String tenant, CopyFormat format) throws SQLException {
        RowQuery query = new RowQuery(mapping);
        return inOrder(mapping, format, List.of(), behind -> query.keys(tenant, behind, format));
    }

    /** The same after one key, up to another, both given as texts. */
    public KeyedRows keys(Mapping mapping, String tenant, List<String> after, List<String> upTo) throws SQLException {
        RowQuery query = new RowQuery(mapping);
        return inOrder(mapping, CopyFormat.TEXT, after, behind -> query.keys(tenant, behind, upTo));
    }

    private KeyedRows inOrder(Mapping mapping, CopyFormat format, List<String> behind, KeyedRows.Query query)
            throws SQLException {
        return KeyedRows.open(source, mapping.key(), format, behind, query);
    }

    /** The source's major version, which is read once. */
    public int sourceMajor() throws SQLException {
        if (sourceMajor == 0) {
            try (Connection connection = source.connection()) {
                sourceMajor = connection.getMetaData().getDatabaseMajorVersion();
            }
        }
        return sourceMajor;
    }

    /** The id of the last committed pass: everything up to it is visible to all later reads. */
    public long lastSequenceId() throws SQLException {
        return ask(connection ->
                Jdbc.one(connection, "SELECT last_sequence_id FROM tideline.sequencer", row -> row.getLong(1)));
    }

    /** What determines the rows of a mapping now: its definition, the stream behind it, and the stream's epoch. */
    public String definition(Mapping mapping, long epoch) {
        return dev.tideline.sync.layout.Layout.definition(mapping) + "/"
                + wiring.layout().rootOf(mapping).incarnation() + "/" + epoch;
    }

    /** The current definition of each mapping, by its name. */
    public Map<String, String> definitions() throws SQLException {
        Map<Integer, Long> epochs = ask(connection -> Jdbc.list(
                        connection,
                        "SELECT stream_id, epoch FROM tideline.stream",
                        row -> Map.entry(row.getInt(1), row.getLong(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        InstalledLayout layout = wiring.layout();
        Map<String, String> definitions = new LinkedHashMap<>();
        for (Mapping mapping : mappings) {
            Long epoch = epochs.get(layout.rootOf(mapping).id());
            if (epoch == null) {
                throw new LayoutChangedException();
            }
            definitions.put(mapping.name(), definition(mapping, epoch));
        }
        return definitions;
    }

    public List<Mapping> mappings() {
        return mappings;
    }
}
