package dev.tideline.e2e.suite;

import static dev.tideline.directory.fixture.TestTenant.body;

import dev.tideline.directory.Directory;
import dev.tideline.directory.DirectoryConfig;
import dev.tideline.directory.fixture.ApiDocument;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.mail.SmtpConfig;
import dev.tideline.directory.sync.EmbeddedSync;
import dev.tideline.e2e.ServerAddress;
import dev.tideline.e2e.TestServers;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.ExternalDatabases;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import dev.tideline.testkit.SyncProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What all tests share: one Directory with its sync, on the services of this workspace. Safe for use by many threads. */
public final class Suite implements AutoCloseable {

    /** How long a change may take when everything else runs on the same cores; a healthy one takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExternalDatabases sources =
            ExternalDatabases.at(sourceServer().url("postgres"));
    private final ExternalDatabases externals = ExternalDatabases.ofWorkspace();
    private final String database = sources.create("directory").url();
    private final Directory directory;
    private final ApiDocument document;

    private Suite(Path folder) {
        this.directory = Directory.start(
                config(database, smtp(mailServer().smtpPort())).withSync(EmbeddedSync.writeConfig(folder)));
        this.document = ApiDocument.of(directory.url());
    }

    static Suite start() {
        try {
            return new Suite(Files.createTempDirectory("end-to-end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerAddress sourceServer() {
        return TestServers.source();
    }

    /** Where Directory's mail goes, with tries that follow each other quickly. */
    public static SmtpConfig smtp(int port) {
        return SmtpConfig.of("127.0.0.1", port).withFirstRetry(Duration.ofMillis(5));
    }

    public static DirectoryConfig config(String databaseUrl, SmtpConfig smtp) {
        return DirectoryConfig.of(databaseUrl, TestTenant.OPERATOR_KEY, smtp);
    }

    public MailServer mailServer() {
        return MailServer.ofWorkspace();
    }

    /** The address of Directory's API. */
    public String url() {
        return directory.url();
    }

    /** The address of Directory's own database, which is the source. */
    public String sourceUrl() {
        return database;
    }

    public TestTenant tenant() {
        return TestTenant.in(directory.url(), document);
    }

    public TestTenant tenantAt(Directory other) {
        return TestTenant.in(other.url(), document);
    }

    public Mailbox mailbox() {
        return Mailbox.create("directory");
    }

    /** The address of an empty database on the source's server, dropped after the last test. */
    public String newDatabase(String label) {
        return sources.create(label).url();
    }

    /** The first column of a query in Directory's own database. */
    public List<String> column(String query) throws SQLException {
        return Sql.column(database, query);
    }

    /** Has a tenant's rows kept in this database. */
    public SyncProbe follow(TestTenant tenant, ExternalDatabase external) {
        return follow(tenant, Followed.NAME, external);
    }

    /** @param name of the external database, unique within the tenant */
    public SyncProbe follow(TestTenant tenant, String name, ExternalDatabase external) {
        tenant.admin()
                .put("/internal/external-databases/" + name, body("url", external.url()))
                .expect(200);
        return probe(external);
    }

    Followed followed() {
        TestTenant tenant = tenant();
        ExternalDatabase external = externals.create(Followed.NAME);
        return new Followed(tenant, external, follow(tenant, external));
    }

    /** Waits for rows of Directory in this database. */
    public SyncProbe probe(ExternalDatabase external) {
        return SyncProbe.between(database, external.url()).atMost(PATIENCE);
    }

    @Override
    public void close() {
        directory.close();
        externals.close();
        sources.close();
    }
}
