package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the migrations and an install make in a source, held against a committed text, so that nobody changes it unawares.
 * {@code -Dtideline.snapshot.write=true} writes the text anew.
 */
class SchemaSnapshotTest {

    private static final Path SNAPSHOT =
            Path.of("src", "test", "resources", "dev", "tideline", "sync", "capture", "schema-snapshot.txt");

    /** A line for everything there is, in an order that no collation changes. */
    private static final String CATALOGUE = """
            SELECT line FROM (
                SELECT 'table ' || c.relname || ' column ' || lpad(a.attnum::text, 2) || ' ' || a.attname || ' '
                       || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                       || CASE WHEN a.attidentity <> '' THEN ' IDENTITY ' || a.attidentity::text ELSE '' END
                       || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
                  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                 WHERE c.relnamespace = 'tideline'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_history'
                UNION ALL
                SELECT 'table ' || c.relname || ' options ' || c.reloptions::text FROM pg_class c
                 WHERE c.relnamespace = 'tideline'::regnamespace AND c.reloptions IS NOT NULL AND c.relkind = 'r'
                UNION ALL
                SELECT 'table ' || r.relname || ' constraint ' || pg_get_constraintdef(k.oid)
                  FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
                 WHERE r.relnamespace = 'tideline'::regnamespace AND k.contype <> 'n' AND r.relname <> 'schema_history'
                UNION ALL
                SELECT 'index ' || pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid
                 WHERE r.relnamespace = 'tideline'::regnamespace AND r.relname <> 'schema_history'
                UNION ALL
                SELECT 'sequence ' || s.sequencename || ' ' || s.data_type || ' by ' || s.increment_by || ' cache ' || s.cache_size
                  FROM pg_sequences s WHERE s.schemaname = 'tideline'
                UNION ALL
                SELECT 'view ' || c.relname || ' ' || pg_get_viewdef(c.oid) FROM pg_class c
                 WHERE c.relnamespace = 'tideline'::regnamespace AND c.relkind = 'v'
                UNION ALL
                SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
                 WHERE p.pronamespace = 'tideline'::regnamespace
                UNION ALL
                SELECT 'trigger ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid) FROM pg_trigger t
                 WHERE NOT t.tgisinternal
            ) AS lines (line) ORDER BY line COLLATE "C"
            """;

    @Test
    void the_schema_is_the_committed_one() throws IOException {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE team (id int PRIMARY KEY, name text);
                CREATE TABLE member (tenant int NOT NULL, id bigint, joined date, team int, PRIMARY KEY (id, joined));
                """, """
                mappings:
                  members:
                    table: member
                    tenant: tenant
                    key: [id, joined]
                    target: members
                    select: SELECT r.*, t.name FROM member r JOIN team t ON t.id = r.team
                    depends_on: [{ table: team, key: { team: id } }]
                """)) {
            scenario.install();
            String now = lines(scenario.source());
            if (Boolean.getBoolean("tideline.snapshot.write")) {
                Files.createDirectories(SNAPSHOT.getParent());
                Files.writeString(SNAPSHOT, now);
            }
            assertThat(now)
                    .as(
                            "the schema, against " + SNAPSHOT
                                    + "; where the change is meant, write it anew with -Dtideline.snapshot.write=true and read the diff")
                    .isEqualTo(Files.readString(SNAPSHOT));
        }
    }

    private static String lines(TestDatabase source) {
        StringBuilder lines = new StringBuilder();
        source.rows(CATALOGUE).forEach(row -> lines.append(row.get(0)).append('\n'));
        return lines.toString();
    }
}
