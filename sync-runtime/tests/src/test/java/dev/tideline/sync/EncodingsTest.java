package dev.tideline.sync;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources and targets whose databases are not in UTF-8. */
class EncodingsTest {

    private static final String MAPPING =
            "mappings:\n  things: { table: thing, tenant: tenant, key: [id], target: thing }\n";

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "LATIN1, UTF8",
        "UTF8, LATIN1",
        "LATIN1, LATIN9",
        "WIN1252, UTF8",
        "EUC_JP, UTF8",
        "SQL_ASCII, UTF8",
        "UTF8, SQL_ASCII"
    })
    void texts_and_keys_arrive(String from, String to) {
        String letter = from.equals("EUC_JP") ? "\\3042" : "\\00e9";
        try (SyncScenario scenario = SyncScenario.inEncodings(
                from, to, "CREATE TABLE thing (tenant int NOT NULL, id text PRIMARY KEY, v text)", MAPPING)) {
            String value = from.equals("SQL_ASCII") ? "E'\\xc3\\xa9'" : "U&'" + letter + "'";
            String arrived = from.equals("EUC_JP") ? "\u3042" : "\u00e9";
            scenario.source().execute("INSERT INTO thing VALUES (1, 'k' || " + value + ", " + value + ")");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("k" + arrived + "|" + arrived);
            scenario.source()
                    .execute("UPDATE thing SET v = v || v", "INSERT INTO thing VALUES (1, 'x', " + value + ")");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id COLLATE \"C\"")
                    .become("k" + arrived + "|" + arrived + arrived, "x|" + arrived);
            scenario.source().execute("DELETE FROM thing WHERE v = " + value + " || " + value);
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("x|" + arrived);
        }
    }

    @Test
    void bytes_of_a_source_in_sql_ascii_that_are_no_text_are_parked() {
        try (SyncScenario scenario = SyncScenario.inEncodings(
                "SQL_ASCII", "UTF8", "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)", MAPPING)) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 'a'), (1, 2, E'\\xe9'), (1, 3, 'c')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("1|a", "3|c");
            Rows.of(scenario.source(), "SELECT key::text FROM tideline.parked_row")
                    .become("2");
        }
    }
}
