package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a database or a role of either end was set to, values arrive as they are, and no session of ours is like that. */
class SessionSettingsTest {

    /** What values, and statements, mean to a session. */
    private static final Map<String, String> ODD = new LinkedHashMap<>();

    /** What ends a session or makes it wait; nobody else can work in such a database. */
    private static final Map<String, String> DEADLY = new LinkedHashMap<>();

    static {
        ODD.put("TimeZone", "Asia/Kolkata");
        ODD.put("DateStyle", "German, DMY");
        ODD.put("IntervalStyle", "sql_standard");
        ODD.put("timezone_abbreviations", "India");
        ODD.put("extra_float_digits", "-15");
        ODD.put("bytea_output", "escape");
        ODD.put("array_nulls", "off");
        ODD.put("xmloption", "document");
        ODD.put("xmlbinary", "hex");
        ODD.put("quote_all_identifiers", "on");
        ODD.put("standard_conforming_strings", "off");
        ODD.put("backslash_quote", "off");
        ODD.put("transform_null_equals", "on");
        ODD.put("gin_fuzzy_search_limit", "1");
        ODD.put("restrict_nonsystem_relation_kind", "view, foreign-table");
        ODD.put("default_transaction_isolation", "serializable");
        ODD.put("default_transaction_deferrable", "on");
        ODD.put("client_min_messages", "log");
        ODD.put("check_function_bodies", "off");
        ODD.put("session_replication_role", "replica");
        ODD.put("default_toast_compression", "pglz");
        ODD.put("jit", "on");
        DEADLY.put("exit_on_error", "on");
        DEADLY.put("statement_timeout", "1ms");
        DEADLY.put("lock_timeout", "1ms");
        DEADLY.put("idle_in_transaction_session_timeout", "1ms");
        DEADLY.put("idle_session_timeout", "1h");
        DEADLY.put("transaction_timeout", "1h");
        DEADLY.put("tcp_keepalives_idle", "7200");
        DEADLY.put("tcp_keepalives_interval", "75");
        DEADLY.put("tcp_keepalives_count", "9");
    }

    /** In one form, whatever the session that reads is like. */
    private static final String SHOWN =
            "CREATE FUNCTION shown(anyelement) RETURNS text LANGUAGE plpgsql SET TimeZone = 'UTC' SET DateStyle ="
                    + " 'ISO' SET IntervalStyle = 'postgres' SET extra_float_digits = 3 SET bytea_output = 'hex' AS $$"
                    + " BEGIN RETURN $1::text; END $$;";

    private static final String ROWS = "SELECT shown(s) FROM (SELECT * FROM thing) s ORDER BY id";

    private static String insert(int id) {
        return "INSERT INTO thing VALUES (1, " + id + ", ARRAY['a', NULL, 'NULL', E'\\\\'], '{NULL,1}', '\\xff005c27',"
                + " 'text and <a>b</a>', '1 year -2 mons 3 days -04:05:06.789',"
                + " '2024-02-03', '2024-02-03 04:05:06.789012+05:45', 0.1::float8"
                + " + 0.2, 1.1, E'it''s \\\\ back', '{\"a\": 1.0}',"
                + " ARRAY['2024-02-03 04:05:06+00'::timestamptz]);";
    }

    @ParameterizedTest(name = "{0} settings of the {1}")
    @CsvSource({"DATABASE, source", "DATABASE, target", "ROLE, source", "ROLE, target"})
    void values_arrive_as_they_are(String level, String side) {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, a text[], i int[], b bytea, x xml, iv"
                        + " interval, d date, ts timestamptz, f double precision, r real, v text, j jsonb, t"
                        + " timestamptz[]);"
                        + insert(1) + SHOWN,
                "mappings:\n  things: { table: thing, tenant: tenant, key: [id], target: thing }\n")) {
            scenario.target().execute(SHOWN);
            String[] first = Rows.of(scenario.source(), ROWS).now().toArray(String[]::new);
            odd(side.equals("source") ? scenario.source() : scenario.target(), level, ODD);
            scenario.install();
            scenario.run();
            become(scenario, first);
            scenario.source()
                    .execute(
                            "SET standard_conforming_strings = on",
                            "SET array_nulls = on",
                            "SET xmloption = content",
                            insert(2));
            scenario.source().execute("UPDATE thing SET a = ARRAY[NULL, 'b'], f = f / 3 WHERE id = 1");
            become(scenario, Rows.of(scenario.source(), ROWS).now().toArray(String[]::new));
        }
    }

    private static void become(SyncScenario scenario, String[] expected) {
        Rows.of(scenario.target(), ROWS).become(expected);
    }

    @ParameterizedTest(name = "Postgres {0}")
    @ValueSource(ints = {13, 15, 18})
    void no_session_of_ours_has_them(int major) throws SQLException {
        for (String level : List.of("DATABASE", "ROLE")) {
            try (TestDatabase database = PostgresFixture.database(major)) {
                Map<String, String> all = new LinkedHashMap<>(ODD);
                all.putAll(DEADLY);
                // What sessions may keep.
                all.keySet()
                        .removeAll(List.of(
                                "check_function_bodies", "session_replication_role", "default_toast_compression"));
                Map<String, String> odd = odd(database, level, all);
                PostgresUrl url = PostgresUrl.parse(database.url());
                try (WatchedSockets.Waiting waiting = WatchedSockets.watch();
                        Connection target = PostgresConnections.openTarget(url, "test", waiting);
                        Connection alone = PostgresConnections.open(url, "test");
                        SourceDatabase source = new SourceDatabase(url, 2);
                        Connection pooled = source.connection();
                        Connection bookkeeping = source.bookkeeping()) {
                    for (Connection ours : List.of(target, alone, pooled, bookkeeping)) {
                        for (Map.Entry<String, String> setting : odd.entrySet()) {
                            String value = Jdbc.one(ours, "SHOW " + setting.getKey(), row -> row.getString(1));
                            assertThat(value)
                                    .as("%s of the %s, Postgres %d", setting.getKey(), level, major)
                                    .isNotEqualToIgnoringCase(setting.getValue());
                        }
                    }
                }
            }
        }
    }

    /** Sets what this version knows. @return that */
    private static Map<String, String> odd(TestDatabase database, String level, Map<String, String> settings) {
        String of = (level.equals("ROLE") ? "ROLE postgres IN " : "") + "DATABASE " + database.name();
        Map<String, String> known = new LinkedHashMap<>(settings);
        known.keySet()
                .removeIf(name -> database.value("SELECT current_setting('" + name + "', true) IS NULL")
                        .equals("t"));
        database.execute(known.entrySet().stream()
                .map(setting -> "ALTER " + of + " SET " + setting.getKey() + " = " + values(setting.getValue()))
                .collect(java.util.stream.Collectors.joining("; ")));
        return known;
    }

    private static String values(String list) {
        return "'" + list.replace(", ", "', '") + "'";
    }
}
