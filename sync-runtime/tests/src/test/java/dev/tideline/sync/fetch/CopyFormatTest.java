package dev.tideline.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import org.junit.jupiter.api.Test;

class CopyFormatTest {

    private static final String MAPPING = """
            mappings:
              things:
                table: thing
                tenant: tenancy_id
                key: [%s]
                target: things
            """;

    private static final String PLAIN = """
            CREATE TABLE thing (tenancy_id int NOT NULL, id bigint PRIMARY KEY, b boolean, i2 smallint, f4 real,
                f8 double precision, n numeric, n2 numeric(8, 3), t text, v varchar(5), c char(4), y bytea, u uuid,
                d date, ti time, tz timetz, ts timestamp, tt timestamptz, iv interval, j json, jb jsonb, ip inet,
                ci cidr, m macaddr, bi bit(3), vb varbit);
            INSERT INTO thing VALUES (1, 1, true, -3, 'NaN', 'infinity', 'NaN', 1.5, 'emoji 😀, tab\t, \\N', 'abc', 'x',
                '\\x00ff', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'infinity', '24:00', '23:59:59.999999+05:45',
                '-infinity', '2026-01-01 00:00+13', '1 mon -3 days 04:05:06.7', '{"a" : [1, 1.0]}', '{"a": "\\\\u00e9"}',
                '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '101', '1011');
            INSERT INTO thing VALUES (1, 2), (1, 9223372036854775807);
            UPDATE thing SET t = '', n = '-12345678901234567890.000100' WHERE id = 2;
            """;

    @Test
    void plain_types_travel_as_binary_and_arrive_as_they_were_in_the_first_copy_and_in_a_batch() {
        try (SyncScenario scenario = SyncScenario.of(PLAIN, MAPPING.formatted("id"))) {
            scenario.install();
            assertThat(format(scenario, 18, 18)).isEqualTo(CopyFormat.BINARY);
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            assertEqual(scenario);

            scenario.source()
                    .execute(
                            "DELETE FROM thing WHERE id = 2",
                            "UPDATE thing SET id = -5 WHERE id > 2",
                            "UPDATE thing SET f4 = 1.1, n2 = -0.001, tt = now(), t = repeat('long ', 100000) WHERE id = 1",
                            "INSERT INTO thing SELECT 1, i, i % 2 = 0 FROM generate_series(10, 500) i");
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            assertEqual(scenario);
        }
    }

    @Test
    void servers_of_two_major_versions_speak_text() {
        try (SyncScenario scenario = SyncScenario.of(PLAIN, MAPPING.formatted("id"))) {
            assertThat(format(scenario, 17, 18)).isEqualTo(CopyFormat.TEXT);
        }
    }

    @Test
    void one_column_whose_binary_form_is_bound_to_its_server_makes_all_travel_as_text() {
        String columns = "tenancy_id int NOT NULL, id bigint PRIMARY KEY";
        for (String type : new String[] {"money", "regclass", "int[]", "mood", "xml", "int4range", "pg_lsn"}) {
            try (SyncScenario scenario = SyncScenario.of(
                    "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE thing (" + columns + ", x " + type + ")",
                    MAPPING.formatted("id"))) {
                assertThat(format(scenario, 18, 18)).as(type).isEqualTo(CopyFormat.TEXT);
            }
        }
    }

    @Test
    void a_key_that_cannot_be_read_out_of_a_binary_row_makes_all_travel_as_text() {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenancy_id int NOT NULL, at timestamptz PRIMARY KEY, t text);"
                        + " INSERT INTO thing SELECT 1, now() + i * interval '1 s', i FROM generate_series(1, 20) i",
                MAPPING.formatted("at"))) {
            assertThat(format(scenario, 18, 18)).isEqualTo(CopyFormat.TEXT);
            scenario.install();
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            assertEqual(scenario);
        }
    }

    private static CopyFormat format(SyncScenario scenario, int sourceMajor, int targetMajor) {
        Mapping mapping = scenario.plan().mappings().get(0);
        return CopyFormat.between(mapping, sourceMajor, targetMajor);
    }

    private static void assertEqual(SyncScenario scenario) {
        String rows = "SELECT x::text FROM %s x ORDER BY 1";
        assertThat(scenario.target().rows(rows.formatted("things")))
                .isEqualTo(scenario.source().rows(rows.formatted("thing")));
    }
}
