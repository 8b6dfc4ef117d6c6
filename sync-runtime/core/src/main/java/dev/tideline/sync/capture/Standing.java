package dev.tideline.sync.capture;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tideline.sync.mapping.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * The state of the catalogue on which the capture of one stream relies; {@code standing.sql} reads it.
 *
 * @param table OID of the relation with the stream's name; null if there is none
 * @param relations by OID: the table, its partitions, and the tables that inherit from it
 * @param columns of the table, by name
 * @param types labels of enums and attributes of composites that the table's columns use, under keys that do not change
 *     with their values
 * @param code functions and views that a mapping of the table may read, each with its version; null if they have not been
 *     checked yet
 * @param functions that the triggers call, by name; null if they have not been checked yet
 * @param missed changes whenever capture had no right to write; null if that has not been checked yet
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Standing(
        String table,
        Map<String, Relation> relations,
        Map<String, ColumnFacts> columns,
        Map<String, String> types,
        Map<String, String> code,
        Map<String, FunctionFacts> functions,
        String missed) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param file that holds its rows
     * @param columns version of its columns' rows in the catalogue
     * @param generated digest of the expressions of its generated columns; null if it has none
     * @param unlogged the crash of the source that last emptied it; null if it is logged
     * @param triggers ours, by name, each with whether it fires and its version
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Relation(
            String schema,
            String name,
            boolean partition,
            String file,
            String columns,
            String generated,
            String unlogged,
            Map<String, String> triggers) {

        private static final int FIRING = 4;

        TableName tableName() {
            return new TableName(schema, name);
        }

        /** Whether every change of a row, and TRUNCATE, is captured, whatever the session's role. */
        boolean captures() {
            return partition
                    || triggers.values().stream().filter(t -> t.startsWith("A")).count() == FIRING;
        }

        /** Whether all triggers of ours that it had are unchanged. */
        boolean keptTriggersOf(Relation before) {
            return before.triggers.entrySet().stream()
                    .allMatch(trigger -> trigger.getValue().equals(triggers.get(trigger.getKey())));
        }

        /** Whether its rows were rewritten by anything but VACUUM FULL, CLUSTER or TRUNCATE. */
        boolean rewrittenSince(Relation before) {
            return !file.equals(before.file) && !columns.equals(before.columns);
        }
    }

    /**
     * @param type its name and modifier, qualified unless it is a type of Postgres
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ColumnFacts(int number, String type) {}

    /**
     * @param table the change table that it writes to
     * @param version of its row in the catalogue
     * @param digest of what it does, whichever its table
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record FunctionFacts(int table, String version, String digest) {

        /** Whether it was replaced and put back: its table is the same, so that it was not turned to another one. */
        boolean replacedSince(FunctionFacts before) {
            return table == before.table && !version.equals(before.version);
        }
    }

    /** Empty for an SQL NULL: nothing was recorded before. */
    static Optional<Standing> read(String json) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(json, Standing.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tideline.capture_watch.standing cannot be read: " + json, e);
        }
    }
}
