package dev.tideline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Contestants;
import dev.tideline.bench.report.Figure;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.track.Fingerprint;
import dev.tideline.bench.track.Track;
import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.e2e.ServerAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness itself, in tiny sizes. */
class BenchTest {

    private static final BenchSize TINY = new BenchSize(
            "tiny",
            2000,
            400,
            1,
            1,
            Duration.ofSeconds(1),
            new BenchSize.Load(500, Duration.ofSeconds(1), 1),
            new BenchSize.Scale(200, 2000, 100, 5, 1, Duration.ofSeconds(1)),
            Duration.ofMinutes(1));

    @TempDir
    static Path folder;

    private static PostgresServer sourceServer;
    private static PostgresServer externalServer;
    private static ServerAddress source;
    private static ServerAddress external;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeAll
    static void startServers() {
        sourceServer = server("source");
        externalServer = server("external");
        source = ServerAddress.of(sourceServer.url("postgres"));
        external = ServerAddress.of(externalServer.url("postgres"));
    }

    @AfterAll
    static void stopServers() {
        Stream.of(sourceServer, externalServer).forEach(PostgresServer::close);
    }

    @Test
    void everyContestantGetsAFigureForEachMeasureAndLeavesNothing() throws Exception {
        Bench bench = bench(TINY, "", Contestants.all(TINY.transactions()));
        bench.run();
        assertThat(bench.refused()).isEmpty();
        assertThat(names(bench))
                .containsExactlyInAnyOrder(
                        "initial_copy native",
                        "initial_copy tideline",
                        "initial_copy limit",
                        "initial_copy row-by-row",
                        "drain native",
                        "drain tideline",
                        "drain limit",
                        "drain row-by-row",
                        "latency_p50 native",
                        "latency_p50 tideline",
                        "latency_p50 row-by-row",
                        "latency_p99 native",
                        "latency_p99 tideline",
                        "latency_p99 row-by-row",
                        "source_tps_syncing none",
                        "source_tps_syncing native",
                        "source_tps_syncing tideline",
                        "source_tps_syncing row-by-row",
                        "source_tps_paused none",
                        "source_tps_paused tideline",
                        "source_tps_paused row-by-row",
                        "cost_10m_rows tideline",
                        "cost_10k_tenants tideline",
                        "idle_cpu tideline",
                        "peak_heap tideline");
        assertThat(bench.figures().all())
                .filteredOn(figure -> figure.measure() != Measure.IDLE_CPU)
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
        assertThat(printed())
                .contains("size tiny: 2,000 rows, backlog of 400 transactions")
                .containsPattern("drain +native +[0-9,.]+ rows/s +- +1\\.00")
                .containsPattern("drain +tideline .* at least 1\\.50 of native: (reached|MISSED)")
                .contains("at most 0.10 of debezium: the peer was not measured")
                .contains(
                        "note: skipped: debezium, since its jars are not on the class path; profile bench brings them")
                .containsPattern(
                        "note: idle with 5 tenants: [0-9.]+ % of a core, [0-9.]+ transactions/s at the source");
        assertThat(source.texts("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'bench%'"))
                .isEmpty();
        assertThat(source.texts("postgres", "SELECT slot_name FROM pg_replication_slots"))
                .isEmpty();
        assertThat(external.texts("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'bench%'"))
                .isEmpty();
    }

    @Test
    void aContestantThatLosesARowIsRefusedAndGetsNoFigure() {
        BenchSize hasty = new BenchSize(
                "hasty",
                300,
                40,
                1,
                1,
                Duration.ofSeconds(1),
                new BenchSize.Load(500, Duration.ofSeconds(1), 1),
                new BenchSize.Scale(200, 2000, 100, 5, 1, Duration.ofSeconds(1)),
                Duration.ofSeconds(1));
        Bench bench = bench(hasty, "initial_copy,drain", List.of(LosesARow::new));
        bench.run();
        assertThat(bench.figures().all()).isEmpty();
        assertThat(bench.refused())
                .singleElement()
                .asString()
                .startsWith("REFUSED loses-a-row: bench_loses_a_row_target equal to its source: 300 rows, ")
                .contains("299 rows, ");
        assertThat(printed()).contains("REFUSED loses-a-row").doesNotContain("rows/s");
    }

    @Test
    void onlyWhatIsAskedForIsMeasured() {
        Bench bench = bench(
                TINY, "latency", List.of(Contestants.all(TINY.transactions()).get(1)));
        bench.run();
        assertThat(names(bench)).containsExactly("latency_p50 native", "latency_p99 native");
    }

    @Test
    void aFingerprintTellsOneChangedValue() throws Exception {
        try (Track track = Track.lay(source, external, "fingerprint", 100)) {
            String before = Fingerprint.of(source, track.sourceDatabase(), "item");
            assertThat(before).startsWith("100 rows, ");
            track.mark("x");
            assertThat(Fingerprint.of(source, track.sourceDatabase(), "item")).isNotEqualTo(before);
        }
    }

    @Test
    void theKeysOfABacklogAreAllDifferentAndNeverTheMarkedOne() throws Exception {
        // 7,368,788 - 1 is the stride itself, which would give one key for ever.
        for (long rows : List.of(2L, 101L, 7_368_788L)) {
            Track track = new Track(source, external, "none", "none", rows);
            long keys = Math.min(rows - 1, 1000);
            assertThat(Stream.iterate(0L, n -> n + 1).limit(keys).map(track::key))
                    .doesNotHaveDuplicates()
                    .allSatisfy(key -> assertThat(key).isBetween(1L, rows - 1));
            assertThat(source.texts(
                            "postgres",
                            "SELECT " + track.keySql() + " FROM generate_series(0, " + (keys - 1) + "::bigint) n"))
                    .isEqualTo(Stream.iterate(0L, n -> n + 1)
                            .limit(keys)
                            .map(n -> Long.toString(track.key(n)))
                            .toList());
        }
    }

    private Bench bench(BenchSize size, String only, List<Supplier<Contestant>> contestants) {
        BenchSettings settings =
                new BenchSettings(source, external, size, BenchSettings.measures(only), Set.of(), folder, folder);
        return new Bench(
                settings,
                contestants,
                List.of(new Growth(settings), new ManyTenants(settings)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> names(Bench bench) {
        return bench.figures().all().stream()
                .map((Figure figure) -> figure.measure().text() + " " + figure.subject())
                .collect(Collectors.toList());
    }

    private static PostgresServer server(String name) {
        return PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                .dataDirectory(folder.resolve(name))
                .durability(Durability.FAST)
                .setting("wal_level", "logical")
                .build()
                .start();
    }
}
