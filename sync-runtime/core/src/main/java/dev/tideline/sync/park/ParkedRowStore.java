package dev.tideline.sync.park;

import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The parked rows, in the source. Safe for use by many threads. */
public final class ParkedRowStore {

    private static final String PARK = SqlTemplate.text("8-park/park");
    private static final String DUE = SqlTemplate.text("8-park/due");
    private static final String REMOVE = SqlTemplate.text("8-park/remove");
    private static final String COUNT = SqlTemplate.text("8-park/count");
    private static final String FORGET_MAPPING = SqlTemplate.text("8-park/forget-mapping");
    private static final String LIST = SqlTemplate.text("8-park/list");
    private static final String PAGE = SqlTemplate.text("8-park/page");
    private static final String ONE = SqlTemplate.text("8-park/one");
    private static final String COUNTS = SqlTemplate.text("8-park/counts");
    private static final String DISCARD = SqlTemplate.text("8-park/discard");

    private final SourceDatabase source;

    public ParkedRowStore(SourceDatabase source) {
        this.source = source;
    }

    /** Selects parked rows; null matches any. */
    public record Filter(String tenant, String target, String mapping) {}

    /** All matching rows, for the command line, however many there are. */
    public List<ParkedRow> list(Filter of) throws SQLException {
        return ask(connection -> Jdbc.list(
                connection,
                LIST,
                ParkedRowStore::row,
                of.tenant(),
                of.tenant(),
                of.target(),
                of.target(),
                of.mapping(),
                of.mapping()));
    }

    /** A page of matching rows. */
    public List<ParkedRow> page(Filter of, int limit, long offset) throws SQLException {
        return ask(connection -> Jdbc.list(
                connection,
                PAGE,
                ParkedRowStore::row,
                of.tenant(),
                of.tenant(),
                of.target(),
                of.target(),
                of.mapping(),
                of.mapping(),
                limit,
                offset));
    }

    /** The row with this key. */
    public Optional<ParkedRow> find(Filter of, List<String> key) throws SQLException {
        return ask(connection ->
                Jdbc.first(connection, ONE, ParkedRowStore::row, of.tenant(), of.target(), of.mapping(), key));
    }

    private static ParkedRow row(ResultSet row) throws SQLException {
        return new ParkedRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Jdbc.strings(row.getArray(4)),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getObject(9, OffsetDateTime.class),
                row.getObject(10, OffsetDateTime.class));
    }

    /** The number of a tenant's parked rows, by target and mapping; discarded ones do not count. */
    public Map<Filter, Long> counts(String tenant) throws SQLException {
        Map<Filter, Long> counts = new HashMap<>();
        ask(connection -> Jdbc.list(
                connection,
                COUNTS,
                row -> counts.put(new Filter(tenant, row.getString(1), row.getString(2)), row.getLong(3)),
                tenant));
        return counts;
    }

    /** Discards rows: they are neither shown nor tried until they change. @return how many there were */
    public int discard(Collection<ParkedRow> rows) throws SQLException {
        return inTransaction(connection -> {
            int discarded = 0;
            for (ParkedRow row : rows) {
                discarded += Jdbc.update(connection, DISCARD, row.tenant(), row.target(), row.mapping(), row.key());
            }
            return discarded;
        });
    }

    /** Records rows. Once this returns they are on the source's disk, and the cursor may pass them. */
    void park(ExternalDatabase target, Mapping mapping, Collection<BadRow> rows) throws SQLException {
        inTransaction(connection -> {
            for (BadRow row : rows) {
                Jdbc.update(
                        connection,
                        PARK,
                        target.tenant(),
                        target.name(),
                        mapping.name(),
                        row.sequenceId(),
                        row.error(),
                        row.sqlState(),
                        row.key());
            }
            return rows.size();
        });
    }

    /** Removes rows that have changed since, up to a sequence id that the target has reached. */
    void forgetApplied(ExternalDatabase target, Mapping mapping, long upTo) throws SQLException {
        String match = IntStream.rangeClosed(1, mapping.key().size())
                .mapToObj(i -> "l.k" + i + " = CAST(p.key[" + i + "] AS "
                        + mapping.key().get(i - 1).ledgerType() + ")")
                .collect(Collectors.joining(" AND "));
        ask(connection -> {
            InstalledLayout layout = InstalledLayout.read(connection).orElseThrow();
            return Jdbc.update(
                    connection,
                    SqlTemplate.of("8-park/applied")
                            .with("ledger", layout.rootOf(mapping).ledger())
                            .with("match", match)
                            .fill(),
                    target.tenant(),
                    target.name(),
                    mapping.name(),
                    upTo);
        });
    }

    /** Rows that are due for a retry. */
    List<BadRow> due(ExternalDatabase target, Mapping mapping, int limit) throws SQLException {
        return ask(connection -> Jdbc.list(
                connection,
                DUE,
                row -> new BadRow(Jdbc.strings(row.getArray(1)), row.getLong(2), row.getString(3), row.getString(4)),
                target.tenant(),
                target.name(),
                mapping.name(),
                limit));
    }

    /** The number of rows, including discarded ones. */
    long count(ExternalDatabase target, Mapping mapping) throws SQLException {
        return ask(connection ->
                Jdbc.one(connection, COUNT, row -> row.getLong(1), target.tenant(), target.name(), mapping.name()));
    }

    /** Removes rows that were applied. */
    void remove(ExternalDatabase target, Mapping mapping, Collection<BadRow> rows) throws SQLException {
        inTransaction(connection -> {
            for (BadRow row : rows) {
                Jdbc.update(
                        connection,
                        REMOVE,
                        target.tenant(),
                        target.name(),
                        mapping.name(),
                        row.key(),
                        row.sequenceId());
            }
            return rows.size();
        });
    }

    /** Removes the rows of a mapping when a copy begins, which decides on all of them again. */
    void forget(ExternalDatabase target, Mapping mapping) throws SQLException {
        ask(connection -> Jdbc.update(connection, FORGET_MAPPING, target.tenant(), target.name(), mapping.name()));
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T ask(Work<T> work) throws SQLException {
        try (Connection connection = source.connection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw FetchException.of(e);
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        return ask(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        });
    }
}
