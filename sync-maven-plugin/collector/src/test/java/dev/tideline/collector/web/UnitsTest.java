package dev.tideline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "13002342|By|12.4 MiB",
                "900|By|900 B",
                "0.25|s|250 ms",
                "1500|ms|1.50 s",
                "0|s|0 s",
                "3|{thread}|3 threads",
                "1|{thread}|1 thread",
                "2.5|{request}/s|2.50 requests/s",
                "2048|By/s|2 KiB/s",
                "0.3712|1|0.3712",
                "1234567||1,234,567",
                "-3|s|-3 s",
                "21.5|Cel|21.5 Cel"
            })
    void amounts_are_written_for_people(double value, String unit, String written) {
        assertThat(Units.show(value, unit == null ? "" : unit)).isEqualTo(written);
    }
}
