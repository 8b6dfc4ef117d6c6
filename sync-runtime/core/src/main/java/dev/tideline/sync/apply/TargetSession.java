package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * One connection to one external database, with what is known of its tables. Used by one thread at a time; a session
 * that failed is closed and not reused.
 */
public final class TargetSession implements AutoCloseable {

    /** How long a target, and a synchronous standby of it, may take to write its log to disk. */
    private static final int FLUSH_MILLIS = 30_000;

    private final ExternalDatabase database;
    private final Connection connection;
    private final WatchedSockets.Waiting waiting;
    private final String schema;
    private final String durable;
    private final Map<String, TargetTable> tables = new HashMap<>();
    private final MappingStates states;
    private boolean unflushed;
    private boolean outdated;
    private boolean spent;
    private int stages;
    private Set<String> ours = Set.of();
    private Set<String> mapped = Set.of();
    private volatile String endedBecause;

    TargetSession(
            ExternalDatabase database,
            Connection connection,
            WatchedSockets.Waiting waiting,
            String schema,
            String durable) {
        this.database = database;
        this.connection = connection;
        this.waiting = waiting;
        this.schema = schema;
        this.durable = durable;
        this.states = new MappingStates(database.tenant(), schema);
    }

    /** How long the target has not answered. May be called by any thread. */
    public WatchedSockets.Waiting waiting() {
        return waiting;
    }

    /**
     * Ends the connection while it is in use; the running statement fails at once. May be called by any thread.
     *
     * @param because the reason to report; null if the failure itself says enough
     */
    public void end(String because) {
        if (because != null && endedBecause == null) {
            endedBecause = because;
        }
        waiting.close();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("a connection can always be aborted", e);
        }
    }

    /** Why the connection was ended while it was in use; empty if it was not. */
    public Optional<String> endedBecause() {
        return Optional.ofNullable(endedBecause).or(waiting::cutBecause);
    }

    /** Reads where every mapping that this target knows stands. */
    public void readStates() throws SQLException {
        states.read(connection, sql("5-apply/read-metadata"));
        connection.commit();
        // Whoever wrote what was read may have died before flushing it; see docs/decisions/0102.
        unflushed = true;
    }

    /** Where a mapping stands as far as this session knows. A stale answer is detected when the cursor is advanced. */
    public MappingState state(Mapping mapping) throws SQLException {
        return knownStates().of(mapping);
    }

    private MappingStates knownStates() throws SQLException {
        if (!states.known()) {
            readStates();
        }
        return states;
    }

    void setState(Mapping mapping, MappingState state) {
        states.set(mapping, state);
    }

    /** Makes the next question read the states again. */
    public void forgetStates() {
        states.forget();
    }

    /** Sets the mappings: a cascade from the tables of those without a filter happens at the source, too. */
    public void works(Collection<Mapping> mappings) {
        ours = mappings.stream().map(this::tableName).collect(Collectors.toUnmodifiableSet());
        mapped = mappings.stream().filter(Mapping::whole).map(this::tableName).collect(Collectors.toUnmodifiableSet());
    }

    private String tableName(Mapping mapping) {
        return mapping.target().inSchema(schema).sql();
    }

    /** Begins to watch what is written in the transaction, where a table may not keep it; empty where it does. */
    Optional<WrittenRows> watch(TargetTable table) throws SQLException {
        return table.watched() ? Optional.of(new WrittenRows(connection, table, ours)) : Optional.empty();
    }

    /** The tables of all mappings without a filter, quoted. */
    Set<String> mapped() {
        return mapped;
    }

    /** Makes the next worker on this target copy these mappings again and compare. */
    public void copyAgain(List<String> mappings) throws SQLException {
        Jdbc.update(connection, sql("5-apply/copy-again"), mappings);
        connection.commit();
        forgetStates();
    }

    /**
     * Creates or alters the mapping's table, once per session. If rows that count as copied are missing afterwards,
     * because somebody dropped the table or a column, {@link #state} reports that there are none.
     */
    public void prepare(Mapping mapping) throws SQLException {
        table(mapping);
    }

    /** Whether a table has rows of any mapping of ours, so that it may be altered. */
    boolean brought(TableName table) throws SQLException {
        return knownStates().names(table);
    }

    /**
     * @param anew whether its rows have to be copied again
     */
    void recordTable(Mapping mapping, TableName table, boolean anew) throws SQLException {
        int changed = Jdbc.update(
                connection, sql("5-apply/record-table"), mapping.name(), database.tenant(), table.sql(), anew);
        if (changed > 0) {
            forgetStates();
        }
    }

    /** Makes every mapping compare with the source: its cursor belongs to a history that the source does not know. */
    public void compareAnew() throws SQLException {
        try {
            Jdbc.update(connection, sql("5-apply/compare-anew"));
            commit();
            forgetStates();
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
    }

    /** The mapping's table, created or altered if necessary. */
    TargetTable table(Mapping mapping) throws SQLException {
        TargetTable table = tables.get(mapping.name());
        if (table == null) {
            boolean unfinished =
                    state(mapping).copy().filter(copy -> !copy.prune()).isPresent()
                            || state(mapping).definition().isEmpty()
                                    && state(mapping).cursor() < 0;
            try {
                table = new TargetSchema(this).ensure(mapping, "tideline_stage_" + stages++, unfinished);
            } catch (SQLException e) {
                rollback(e);
                throw e;
            }
            tables.put(mapping.name(), table);
        }
        return table;
    }

    /**
     * Why a mapping's metadata could not be moved from its expected position: another worker was faster; or the table
     * is no longer what its statements were made for, and the next step makes them again; or the database keeps its
     * metadata unchanged, which no worker will ever overcome.
     *
     * @param before whether the mapping stands where the update expects it
     * @return if another worker was faster, or the next step may succeed
     * @throws TargetShapeException if it cannot
     */
    OvertakenException notMoved(Mapping mapping, Predicate<MappingState> before) throws SQLException {
        connection.rollback();
        readStates();
        if (before.test(state(mapping))) {
            TargetTable table = tables.remove(mapping.name());
            if (table == null || table.facts().equals(TableFacts.of(connection, mapping, table.name()))) {
                throw metadataIsHeld();
            }
        }
        return new OvertakenException(mapping.name());
    }

    /** The error for metadata on which an update has no effect, or another one. */
    TargetShapeException metadataIsHeld() throws SQLException {
        return MetadataTable.held(connection, schema);
    }

    /** Rolls back the open transaction after a failure, and forgets the states. */
    public void rollback(Exception failure) {
        forgetStates();
        spent |= failure instanceof SQLException sql
                && !(sql instanceof FetchException)
                && SqlState.mayBeTheSessions(sql);
        // A table or column no longer exists, so what this session knows of it is useless. An error of the source says
        // nothing about the target.
        outdated |= failure instanceof SQLException sql
                && !(sql instanceof FetchException)
                && (SqlState.UNDEFINED_TABLE.is(sql) || SqlState.UNDEFINED_COLUMN.is(sql));
        try {
            connection.rollback();
        } catch (SQLException alsoRollingBack) {
            failure.addSuppressed(alsoRollingBack);
        }
    }

    /** Whether the session has to be closed instead of serving another run. */
    public boolean spent() {
        return spent;
    }

    /** Commits without waiting for the disk: a crash of the target may undo it, rows and cursor together. */
    void commit() throws SQLException {
        connection.commit();
        waiting.step();
        unflushed = true;
    }

    /** Runs a statement and commits, in one message. If it fails, nothing is committed. */
    void commitWith(String sql) throws SQLException {
        Jdbc.run(connection, sql + ";\nCOMMIT");
        waiting.step();
        unflushed = true;
    }

    /**
     * Waits until everything that this session has committed, or has read of what others committed, is durable.
     * Required before anybody is told that rows have arrived for good: before a request is finished, and before a
     * cursor is recorded at the source.
     */
    public void flush() throws SQLException {
        flush(Completeness.UNKNOWN);
    }

    /** The same, and records in the same message the time up to which everything has arrived. */
    public void flush(Completeness completeness) throws SQLException {
        if (unflushed) {
            int patience = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, FLUSH_MILLIS);
            try {
                Jdbc.execute(
                        connection,
                        completeness.statement(this)
                                + SqlTemplate.of("5-apply/flush")
                                        .with("durable", Sql.literal(durable))
                                        .fill());
                connection.commit();
            } catch (SQLException e) {
                throw e.getCause() instanceof SocketTimeoutException ? notDurable(e) : e;
            }
            connection.setNetworkTimeout(Runnable::run, patience);
            unflushed = false;
        }
    }

    private static SQLException notDurable(SQLException e) {
        return new SQLException(
                "the database has not confirmed within " + FLUSH_MILLIS / 1000 + " s that what was committed there is"
                        + " durable. If synchronous_standby_names is set there, one of these standbys is unavailable",
                e.getSQLState(),
                e);
    }

    /** The format in which rows travel to this target fastest. */
    public CopyFormat format(Mapping mapping, int sourceMajor) throws SQLException {
        return CopyFormat.between(mapping, sourceMajor, connection.getMetaData().getDatabaseMajorVersion());
    }

    /** Whether the connection still answers, and what is known of the target's tables may still be true. */
    public boolean isUsable() throws SQLException {
        return !outdated && connection.isValid(5);
    }

    Connection connection() {
        return connection;
    }

    String schema() {
        return schema;
    }

    public ExternalDatabase database() {
        return database;
    }

    /** Fills in a template with the metadata table's schema and a condition that the table is unchanged. */
    String sql(String template, TargetTable table) {
        return SqlTemplate.of(template)
                .with("schema", Sql.identifier(schema))
                .with("asPlanned", table.asPlanned())
                .fill();
    }

    /** Fills in a template with the metadata table's schema. */
    String sql(String template) {
        return SqlTemplate.of(template).with("schema", Sql.identifier(schema)).fill();
    }

    /**
     * A key's texts for the metadata. Escaped if the target's encoding may lack a character, so that the copy can pass
     * the row.
     */
    String positionText(List<String> key) throws SQLException {
        return CopyPosition.text(
                key, "UTF8".equals(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding")));
    }

    @Override
    public void close() throws SQLException {
        waiting.close();
        connection.close();
    }
}
