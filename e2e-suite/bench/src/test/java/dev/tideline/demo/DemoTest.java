package dev.tideline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.e2e.Lags;
import dev.tideline.e2e.ServerAddress;
import dev.tideline.e2e.Verification.Verified;
import dev.tideline.sync.verify.VerifyReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    Path folder;

    @Test
    void theDemoEndsWithVerifiedAndLeavesNoDatabase() throws Exception {
        try (PostgresServer server = PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                .dataDirectory(folder.resolve("data"))
                .durability(Durability.FAST)
                .setting("track_commit_timestamp", "on")
                .build()
                .start()) {
            Properties properties = new Properties();
            properties.setProperty("demo.source", server.url("postgres"));
            properties.setProperty("demo.external", server.url("postgres"));
            properties.setProperty("demo.folder", folder.resolve("demo").toString());
            properties.setProperty("demo.seconds", "1");
            properties.setProperty("demo.users", "50");
            properties.setProperty("demo.keep", "${demo.keep}");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            boolean verified = new Demo(
                            DemoSettings.of(properties, false),
                            new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false))
                    .run();
            String text = out.toString(StandardCharsets.UTF_8);
            assertThat(verified).as(text).isTrue();
            assertThat(text)
                    .containsPattern("acme +tideline_demo_acme +[0-9]+ +[0-9,]+ +[0-9.]+ ms +[0-9.]+ ms +yes")
                    .containsPattern("globex +tideline_demo_globex")
                    .containsPattern("[0-9]+ rows in 2 external databases equal their source, column for column:"
                            + " verified\\R$")
                    .doesNotContain("\u001b");
            assertThat(ServerAddress.of(server.url("postgres"))
                            .texts("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'tideline%'"))
                    .isEmpty();
        }
    }

    @Test
    void whatDiffersIsNamedAndNothingIsCalledVerified() {
        VerifyReport report = new VerifyReport("users", "acme", 10, 9, 1, 0, 0, 0, 0, Map.of(), List.of());
        DemoReport demo = new DemoReport(
                List.of(new DemoReport.Line(
                        new Verified("acme", "main", List.of(report)), "tideline_demo_acme", 8, Lags.of(List.of()))),
                Duration.ofSeconds(2));
        assertThat(demo.verified()).isFalse();
        assertThat(demo.table())
                .containsExactly(
                        "tenant  database            rows  changes/s  lag p50  lag p99  verified",
                        "acme    tideline_demo_acme    10          4        -        -  NO",
                        "lag was not measured: the external server runs with track_commit_timestamp=off");
        assertThat(demo.verdict()).isEqualTo("""
                NOT verified: external databases differ from the source.
                  acme/main, mapping users: 1 rows missing, 0 extra, 0 different, 0 still under way
                This is a bug in Tideline. Please report it with the seed above.""");
    }

    @Test
    void aWrongSettingIsNamedWithWhatToGive() {
        Properties properties = new Properties();
        properties.setProperty("demo.source", "postgres://a:b@127.0.0.1:1/postgres");
        properties.setProperty("demo.external", "postgres://a:b@127.0.0.1:1/postgres");
        properties.setProperty("demo.rate", "fast");
        assertThatThrownBy(() -> DemoSettings.of(properties, true))
                .hasMessage("demo.rate is 'fast'. Give a whole number from 1 to 100000.");
    }
}
