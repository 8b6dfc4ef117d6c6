package dev.tideline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.e2e.Lags;
import dev.tideline.e2e.ServerAddress;
import dev.tideline.e2e.Verification.Verified;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.mail.MailServer;
import dev.tideline.mail.MailServerConfig;
import dev.tideline.sync.verify.VerifyReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        try (MailServer mail = MailServer.start(MailServerConfig.defaults());
                PostgresServer server = PostgresServer.builder()
                        .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                        .dataDirectory(folder.resolve("data"))
                        .durability(Durability.FAST)
                        .setting("track_commit_timestamp", "on")
                        .build()
                        .start()) {
            Properties properties = settings(server.url("postgres"), mail.httpPort(), mail.smtpPort());
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
                    .containsPattern(
                            "[1-9][0-9]* signed up, [1-9][0-9]* let in from the waitlist, [1-9][0-9]* teams renamed")
                    .containsPattern("dashboard +http://127.0.0.1:[0-9]+/login#.+")
                    .containsPattern("waitlist +http://.+/pages/waitlist.html[?]tenant=globex#admin_key=admin_.+")
                    .containsPattern("acme +tideline_demo_acme +[0-9]+ +[0-9.]+ ms +[0-9.]+ ms +yes")
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
        DemoReport demo = new DemoReport(List.of(new DemoReport.Line(
                new Verified("acme", "main", List.of(report)), "tideline_demo_acme", Lags.of(List.of()))));
        assertThat(demo.verified()).isFalse();
        assertThat(demo.table())
                .containsExactly(
                        "tenant  database            rows  lag p50  lag p99  verified",
                        "acme    tideline_demo_acme    10        -        -  NO",
                        "lag was not measured: a server runs with track_commit_timestamp=off");
        assertThat(demo.verdict()).isEqualTo("""
                NOT verified: external databases differ from the source.
                  acme/main, mapping users: 1 rows missing, 0 extra, 0 different, 0 still under way
                This is a bug in Tideline. Please report it.""");
    }

    @Test
    void aWrongSettingIsNamedWithWhatToGive() {
        Properties properties = settings("postgres://a:b@127.0.0.1:1/postgres", 1, 1);
        properties.setProperty("demo.seconds", "long");
        assertThatThrownBy(() -> DemoSettings.of(properties, true))
                .hasMessage("demo.seconds is 'long'. Give a whole number from 1 to 3600.");
    }

    private Properties settings(String postgres, int mailbox, int smtp) {
        Properties properties = new Properties();
        properties.setProperty("demo.source", postgres);
        properties.setProperty("demo.external", postgres);
        properties.setProperty("demo.mailbox", "http://127.0.0.1:" + mailbox);
        properties.setProperty("demo.smtp.port", Integer.toString(smtp));
        properties.setProperty("demo.traces", "http://127.0.0.1:1");
        properties.setProperty("demo.directory.port", Integer.toString(ReservedPort.next()));
        properties.setProperty("demo.admin.port", Integer.toString(ReservedPort.next()));
        properties.setProperty("demo.folder", folder.resolve("demo").toString());
        return properties;
    }
}
