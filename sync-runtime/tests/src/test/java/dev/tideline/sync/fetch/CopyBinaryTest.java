package dev.tideline.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.source.SourceDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyBinaryTest {

    private static final List<Column> KEY = List.of(
            column("smallint"),
            column("integer"),
            column("bigint"),
            column("text"),
            column("character varying(9)"),
            column("uuid"));

    @Test
    void keys_and_flags_are_read_out_of_rows_as_a_server_sends_them() throws Exception {
        String row = "SELECT -2::smallint, 70000, (-9223372036854775808)::bigint, E'é\\t', ''::varchar(9),"
                + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, %s, NULL::text";
        try (SyncScenario scenario = installed();
                SourceDatabase source = scenario.openSource();
                RowStream rows = RowStream.open(
                        source,
                        "COPY (" + row.formatted("true") + " UNION ALL " + row.formatted("false")
                                + ") TO STDOUT WITH (FORMAT binary)",
                        CopyFormat.BINARY)) {
            byte[] first = rows.next();
            byte[] second = rows.next();

            assertThat(CopyFormat.BINARY.firstFields(first, KEY))
                    .containsExactly(
                            "-2", "70000", "-9223372036854775808", "é\t", "", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
            assertThat(CopyFormat.BINARY.flagAfter(first, 6)).isTrue();
            assertThat(CopyFormat.BINARY.flagAfter(second, 6)).isFalse();
            assertThat(rows.next()).isNull();
        }
    }

    @Test
    void no_rows_are_no_rows() throws Exception {
        try (SyncScenario scenario = installed();
                SourceDatabase source = scenario.openSource();
                RowStream rows = RowStream.open(
                        source, "COPY (SELECT 1 WHERE false) TO STDOUT WITH (FORMAT binary)", CopyFormat.BINARY)) {
            assertThat(rows.next()).isNull();
        }
    }

    private static SyncScenario installed() {
        SyncScenario scenario = SyncScenario.users();
        scenario.install();
        return scenario;
    }

    private static Column column(String type) {
        return new Column("k", type, type, true, true);
    }
}
