package dev.tideline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.e2e.ServerAddress;
import dev.tideline.maven.provider.embedded.Durability;
import dev.tideline.maven.provider.embedded.PostgresBinaries;
import dev.tideline.maven.provider.embedded.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

    @TempDir
    Path folder;

    @Test
    void everyContestantGetsAFigureForEachMeasureAndLeavesNothing() throws Exception {
        try (PostgresServer source = server("source");
                PostgresServer external = server("external")) {
            ServerAddress from = ServerAddress.of(source.url("postgres"));
            ServerAddress to = ServerAddress.of(external.url("postgres"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Bench bench = new Bench(
                    from, to, new BenchSize("tiny", 2000, 400, 1), new PrintStream(out, true, StandardCharsets.UTF_8));
            List<Result> results = bench.run();
            bench.print(results);
            assertThat(results)
                    .extracting(result -> result.measure() + " " + result.subject() + " " + result.unit())
                    .containsExactlyInAnyOrder(
                            "initial_copy native rows/s",
                            "drain native rows/s",
                            "initial_copy tideline rows/s",
                            "drain tideline rows/s");
            assertThat(results).allSatisfy(result -> assertThat(result.value()).isPositive());
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("size tiny: 2,000 rows, backlog of 400 transactions")
                    .containsPattern("drain +native +[0-9,]+ rows/s +1\\.00");
            assertThat(from.texts("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'bench%'"))
                    .isEmpty();
            assertThat(from.texts("postgres", "SELECT slot_name FROM pg_replication_slots"))
                    .isEmpty();
            assertThat(to.texts("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'bench%'"))
                    .isEmpty();
        }
    }

    @Test
    void aFingerprintTellsOneChangedValue() throws Exception {
        try (PostgresServer server = server("fingerprint")) {
            ServerAddress address = ServerAddress.of(server.url("postgres"));
            try (Track track = Track.lay(address, address, "fingerprint", 100)) {
                String before = Fingerprint.of(address, track.sourceDatabase());
                assertThat(before).startsWith("100 rows, ");
                track.mark("x");
                assertThat(Fingerprint.of(address, track.sourceDatabase())).isNotEqualTo(before);
            }
        }
    }

    @Test
    void resultsAreWrittenInTheDocumentedShape() throws Exception {
        Path file = Bench.write(
                List.of(
                        new Result("drain", "tideline", 61234.56, "rows/s"),
                        new Result("drain", "native", 40000, "rows/s")),
                folder);
        assertThat(Files.readString(file)).isEqualTo("""
                [{"measure":"drain","subject":"tideline","value":61234.6,"unit":"rows/s"},
                 {"measure":"drain","subject":"native","value":40000.0,"unit":"rows/s"}]
                """);
    }

    @Test
    void anUnknownSizeIsRefused() {
        assertThatThrownBy(() -> BenchSize.of("huge")).hasMessage("bench.size is 'huge'. Give quick or full.");
    }

    private PostgresServer server(String name) {
        return PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                .dataDirectory(folder.resolve(name))
                .durability(Durability.FAST)
                .setting("wal_level", "logical")
                .build()
                .start();
    }
}
