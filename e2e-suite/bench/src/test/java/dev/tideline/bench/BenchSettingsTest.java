package dev.tideline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.bench.report.Measure;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BenchSettingsTest {

    private final Properties properties = new Properties();

    BenchSettingsTest() {
        properties.setProperty("bench.source", "postgres://a:b@127.0.0.1:1/postgres");
        properties.setProperty("bench.external", "postgres://a:b@127.0.0.1:2/postgres");
        properties.setProperty("bench.folder", "target");
    }

    @Test
    void withoutMoreAQuickRunMeasuresEverythingOfEverybody() {
        properties.setProperty("bench.only", "");
        BenchSettings settings = BenchSettings.of(properties);
        assertThat(settings.size()).isEqualTo(BenchSize.of("quick"));
        assertThat(settings.only()).containsExactly(Measure.values());
        assertThat(settings.wants("anybody")).isTrue();
    }

    @Test
    void measuresSubjectsAndSizesCanBeChosen() {
        properties.setProperty("bench.only", "latency, drain");
        properties.setProperty("bench.subjects", "tideline,native");
        properties.setProperty("bench.rows", "10");
        properties.setProperty("bench.transactions", "20");
        properties.setProperty("bench.rounds", "3");
        BenchSettings settings = BenchSettings.of(properties);
        assertThat(settings.only()).containsExactlyInAnyOrder(Measure.DRAIN, Measure.LATENCY_P50, Measure.LATENCY_P99);
        assertThat(settings.wants("native")).isTrue();
        assertThat(settings.wants("debezium")).isFalse();
        assertThat(settings.size().rows()).isEqualTo(10);
        assertThat(settings.size().transactions()).isEqualTo(20);
        assertThat(settings.size().rounds()).isEqualTo(3);
        assertThat(settings.size().load().rounds()).isEqualTo(3);
        assertThat(settings.size().scale().rounds()).isEqualTo(3);
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        refuses("bench.size", "huge", "bench.size is 'huge'. Give quick or full.");
        refuses("bench.rounds", "none", "bench.rounds is 'none'. Give a number above 0.");
        refuses("bench.rows", "0", "bench.rows is '0'. Give a number above 0.");
        refuses(
                "bench.only",
                "drian",
                "There is no measure 'drian'. The measures are initial_copy, drain, latency_p50, latency_p99,"
                        + " source_tps_syncing, source_tps_paused, cost_10m_rows, cost_10k_tenants, idle_cpu, peak_heap,"
                        + " dev_services_start.");
    }

    private void refuses(String name, String value, String message) {
        Properties wrong = new Properties();
        wrong.putAll(properties);
        wrong.setProperty(name, value);
        assertThatThrownBy(() -> BenchSettings.of(wrong)).hasMessage(message);
    }
}
