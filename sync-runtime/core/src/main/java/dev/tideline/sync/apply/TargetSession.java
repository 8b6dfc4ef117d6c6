package dev.tideline.sync.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection to one external database, with what is known of its tables. Used by one thread at a time; a session
 * that failed is closed and never used again.
 */
public final class TargetSession implements AutoCloseable {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_COLUMN = "42703";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final ExternalDatabase database;
    private final Connection connection;
    private final WatchedSockets.Waiting waiting;
    private final String schema;
    private final String durable;
    private final Map<String, TargetTable> tables = new HashMap<>();
    private final Map<String, MappingState> states = new HashMap<>();
    private final Map<String, String> tableNames = new HashMap<>();
    private boolean known;
    private boolean unflushed;
    private boolean outdated;
    private volatile String endedBecause;

    private TargetSession(
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
    }

    /** Connects, and makes sure that the metadata table is there. */
    public static TargetSession open(ExternalDatabase database, PostgresUrl url) throws SQLException {
        WatchedSockets.Waiting waiting = WatchedSockets.watch();
        Connection connection;
        try {
            connection = PostgresConnections.openTarget(url, "tideline-sync", waiting);
        } catch (SQLException e) {
            waiting.close();
            throw OpeningFailure.connecting(url, e);
        } catch (RuntimeException e) {
            waiting.close();
            throw e;
        }
        String schema = null;
        try {
            connection.setAutoCommit(false);
            String wanted = url.properties().get("currentSchema");
            // Postgres asks for the right to make one even where IF NOT EXISTS finds it.
            if (wanted != null
                    && Jdbc.one(
                            connection,
                            "SELECT to_regnamespace(?) IS NULL",
                            row -> row.getBoolean(1),
                            Sql.identifier(wanted))) {
                Jdbc.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(wanted));
            }
            schema = Jdbc.one(connection, "SELECT coalesce(current_schema()::text, 'public')", row -> row.getString(1));
            // See docs/decisions/0102: what is told to the source was flushed before; the rest may be lost, and is
            // fetched again.
            String durable = Jdbc.one(
                    connection,
                    "SELECT current_setting('synchronous_commit'), set_config('synchronous_commit', 'off', false)",
                    row -> row.getString(1));
            TargetSession session =
                    new TargetSession(database, connection, waiting, schema, durable.equals("off") ? "local" : durable);
            session.ensureMetadata();
            session.commit();
            return session;
        } catch (SQLException | RuntimeException e) {
            waiting.close();
            try {
                connection.close();
            } catch (SQLException alsoClosing) {
                e.addSuppressed(alsoClosing);
            }
            if (e instanceof SQLException failed) {
                throw OpeningFailure.preparing(url, schema, failed);
            }
            throw e;
        }
    }

    /** How long the target has kept us waiting. May be asked by any thread. */
    public WatchedSockets.Waiting waiting() {
        return waiting;
    }

    /**
     * Ends the connection under whoever works with it, whose statement fails at once. May be called by any thread.
     *
     * @param because what to say of it; null where the failure itself says enough
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

    /** Why the connection was ended under its user; empty if it was not. */
    public Optional<String> endedBecause() {
        return Optional.ofNullable(endedBecause);
    }

    private void ensureMetadata() throws SQLException {
        boolean there = Jdbc.one(
                connection,
                "SELECT to_regclass(?) IS NOT NULL",
                row -> row.getBoolean(1),
                Sql.identifier(schema) + ".tideline_sync_metadata");
        if (!there) {
            // Two sessions at once: CREATE … IF NOT EXISTS alone would let one of them fail on the catalogue's index.
            Jdbc.one(connection, "SELECT pg_advisory_xact_lock(hashtext('tideline'))", row -> true);
            Jdbc.execute(connection, sql("5-apply/create-metadata"));
            if (database.grants() == dev.tideline.sync.config.ExternalDatabasesConfig.Grants.PUBLIC_READ) {
                Jdbc.execute(
                        connection, "GRANT SELECT ON " + Sql.identifier(schema) + ".tideline_sync_metadata TO PUBLIC");
            }
        }
    }

    /** Where every mapping that this target knows stands, from the target itself. */
    public void readStates() throws SQLException {
        states.clear();
        tableNames.clear();
        Jdbc.list(connection, sql("5-apply/read-metadata"), row -> {
            String copying = row.getString("copy_definition");
            Optional<MappingState.Copy> copy = copying == null
                    ? Optional.empty()
                    : Optional.of(new MappingState.Copy(
                            copying,
                            row.getLong("copy_sequence_id"),
                            position(row.getString("copy_position")),
                            row.getLong("copy_rows"),
                            row.getBoolean("copy_prune")));
            refuseAnotherTenants(row.getString("tenant"));
            tableNames.put(row.getString("mapping_name"), row.getString("table_name"));
            return states.put(
                    row.getString("mapping_name"),
                    new MappingState(
                            row.getLong("last_synced_sequence_id"),
                            Optional.ofNullable(row.getString("definition")),
                            copy,
                            new MappingState.Refusals(row.getBoolean("parked"), row.getInt("refused"))));
        });
        connection.commit();
        known = true;
    }

    private void refuseAnotherTenants(String tenant) throws SQLException {
        if (!tenant.equals(database.tenant())) {
            throw new TargetShapeException(TargetShapeException.ofAnotherTenant(tenant, schema, database.tenant()));
        }
    }

    /** Where a mapping stands as far as this session knows. A stale answer is found out when the cursor is set. */
    public MappingState state(Mapping mapping) throws SQLException {
        if (!known) {
            readStates();
        }
        return states.getOrDefault(mapping.name(), MappingState.NEW);
    }

    void setState(Mapping mapping, MappingState state) {
        states.put(mapping.name(), state);
    }

    /** What is known is stale: the next question reads it again. */
    public void forgetStates() {
        known = false;
    }

    /** Has mappings, by their names, copied once more and compared by whoever works on this target next. */
    public void copyAgain(List<String> mappings) throws SQLException {
        Jdbc.update(connection, sql("5-apply/copy-again"), mappings);
        connection.commit();
        forgetStates();
    }

    /**
     * Makes the mapping's table or brings it along, if that was not done yet. Should rows that count as copied not be
     * there afterwards (somebody dropped the table or a column), {@link #state} says that there are none.
     */
    public void prepare(Mapping mapping) throws SQLException {
        table(mapping);
    }

    /** Whether a table has rows of some mapping of ours, so that it may be changed. */
    boolean brought(TableName table) throws SQLException {
        if (!known) {
            readStates();
        }
        return tableNames.containsValue(table.sql());
    }

    /** @param anew whether its rows have to be copied again */
    void recordTable(Mapping mapping, TableName table, boolean anew) throws SQLException {
        int changed = Jdbc.update(
                connection, sql("5-apply/record-table"), mapping.name(), database.tenant(), table.sql(), anew);
        if (changed > 0) {
            forgetStates();
        }
    }

    /** The mapping's table, made or adapted if need be. */
    TargetTable table(Mapping mapping) throws SQLException {
        TargetTable table = tables.get(mapping.name());
        if (table == null) {
            boolean unfinished =
                    state(mapping).copy().filter(copy -> !copy.prune()).isPresent()
                            || state(mapping).definition().isEmpty()
                                    && state(mapping).cursor() < 0;
            try {
                table = new TargetSchema(this).ensure(mapping, "tideline_stage_" + tables.size(), unfinished);
            } catch (SQLException e) {
                rollback(e);
                throw e;
            }
            tables.put(mapping.name(), table);
        }
        return table;
    }

    /** Undoes the open transaction after a failure, and forgets what was known. */
    public void rollback(Exception failure) {
        forgetStates();
        // A table or column that is not there any more: what this session knows of it is of no use.
        // What the source lacks says nothing of the target.
        outdated |= failure instanceof SQLException sql
                && !(sql instanceof FetchException)
                && (UNDEFINED_TABLE.equals(sql.getSQLState()) || UNDEFINED_COLUMN.equals(sql.getSQLState()));
        try {
            connection.rollback();
        } catch (SQLException alsoRollingBack) {
            failure.addSuppressed(alsoRollingBack);
        }
    }

    /** Commits, without waiting for the disk: a crash of the target may undo it, rows and cursor together. */
    void commit() throws SQLException {
        connection.commit();
        unflushed = true;
    }

    /** Runs a statement and commits, in one message. What fails is not committed. */
    void commitWith(String sql) throws SQLException {
        Jdbc.run(connection, sql + ";\nCOMMIT");
        unflushed = true;
    }

    /**
     * Waits until all that was committed is durable. To be done before anybody is told that rows have arrived for good:
     * before a request is finished, and before a cursor is written down at the source.
     */
    public void flush() throws SQLException {
        if (unflushed) {
            Jdbc.execute(
                    connection,
                    SqlTemplate.of("5-apply/flush")
                            .with("durable", Sql.literal(durable))
                            .fill());
            connection.commit();
            unflushed = false;
        }
    }

    /** How rows travel to this target fastest. */
    public CopyFormat format(Mapping mapping, int sourceMajor) throws SQLException {
        return CopyFormat.between(mapping, sourceMajor, connection.getMetaData().getDatabaseMajorVersion());
    }

    /** Whether the connection still answers, and what is known of the target's tables may still be so. */
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

    /** A template that names the metadata table's schema. */
    String sql(String template) {
        return SqlTemplate.of(template).with("schema", Sql.identifier(schema)).fill();
    }

    static String positionText(List<String> key) {
        try {
            return key.isEmpty() ? null : JSON.writeValueAsString(key);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }

    private static List<String> position(String text) throws SQLException {
        try {
            return text == null ? List.of() : JSON.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("tideline_sync_metadata.copy_position is not a JSON array: " + text, e);
        }
    }

    @Override
    public void close() throws SQLException {
        waiting.close();
        connection.close();
    }
}
