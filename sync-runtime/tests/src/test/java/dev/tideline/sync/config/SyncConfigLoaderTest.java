package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.ContractExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncConfigLoaderTest {

    @TempDir
    private Path directory;

    /** The example of the contract, word for word but for the comments. */
    private static final String WHOLE =
            """
            source:
              url: ${env:TIDELINE_SOURCE_URL}
            tenants:
              table: tenancy
              key: id
            mappings:
            %s
            external_databases:
              list: [ { tenant: "1", name: main, url: "postgres://u@db/x", grants: none } ]
            sequencer: { interval: 20ms, batch_size: 4000, doorbell: off }
            poller:    { interval: 2m, claim_limit: 900, lease: 90s }
            sync:      { batch_size: 3000, workers: 4, on_bad_row: stop }
            webhooks:  [ { mapping: users, url: https://example.org/hook, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } ]
            dispatch:  http
            admin:     { port: 9101, bind: 0.0.0.0, token: "${env:TIDELINE_ADMIN_TOKEN}", cron_secret: "${env:CRON_SECRET:-}" }
            """.formatted(ContractExample.USERS.indent(2).stripTrailing());

    private static final String MINIMAL = """
        source: { url: "postgres://u@h/d" }
        tenants: { query: SELECT 1 AS id, key: id }
        mappings:
          users: { table: app.people, tenant: [a], key: id }
        external_databases: { table: external_database }
        """;

    private SyncConfig load(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("tideline.yaml"), yaml);
        return SyncConfigLoader.load(file, environment::get);
    }

    @Test
    void every_key_of_the_contract_is_read() throws IOException {
        SyncConfig config = load(
                WHOLE, Map.of("TIDELINE_SOURCE_URL", "postgres://u:p%40@h:5433/d", "TIDELINE_ADMIN_TOKEN", "t0ken"));

        assertThat(config.source())
                .isEqualTo(new PostgresUrl("h", 5433, "d", Optional.of("u"), Optional.of("p@"), Map.of()));
        assertThat(config.tenants())
                .isEqualTo(new TenantsConfig(Optional.of("tenancy"), Optional.empty(), List.of("id")));
        MappingConfig users = config.mappings().get(0);
        assertThat(users.name()).isEqualTo("users");
        assertThat(users.table()).isEqualTo("project_user");
        assertThat(users.tenant()).containsExactly("tenancy_id");
        assertThat(users.key()).containsExactly("id");
        assertThat(users.select().orElseThrow()).startsWith("SELECT r.id,").endsWith("FROM project_user r\n");
        assertThat(users.where()).contains("NOT r.is_anonymous");
        assertThat(users.dependsOn())
                .containsExactly(new MappingConfig.DependencyConfig(
                        "contact_channel", Map.of("tenancy_id", "tenancy_id", "id", "user_id")));
        assertThat(users.dependsOn().get(0).key().keySet()).containsExactly("tenancy_id", "id");
        assertThat(config.externalDatabases())
                .isEqualTo(new ExternalDatabasesConfig(
                        Optional.empty(),
                        List.of(new ExternalDatabasesConfig.Listed(
                                "1", "main", "postgres://u@db/x", ExternalDatabasesConfig.Grants.NONE)),
                        true,
                        ExternalDatabasesConfig.Grants.PUBLIC_READ));
        assertThat(config.sequencer())
                .isEqualTo(new SequencerConfig(Duration.ofMillis(20), 4000, SequencerConfig.Doorbell.OFF));
        assertThat(config.poller()).isEqualTo(new PollerConfig(Duration.ofMinutes(2), 900, Duration.ofSeconds(90)));
        assertThat(config.sync()).isEqualTo(new ApplyConfig(3000, 4, ApplyConfig.OnBadRow.STOP));
        assertThat(config.webhooks())
                .containsExactly(new WebhookConfig(
                        "users", "https://example.org/hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false));
        assertThat(config.dispatch()).isEqualTo(DispatchMode.HTTP);
        assertThat(config.admin()).isEqualTo(new AdminConfig(9101, "0.0.0.0", Optional.of("t0ken"), Optional.empty()));
    }

    @Test
    void what_is_left_out_has_its_default() throws IOException {
        SyncConfig config = load(MINIMAL, Map.of());

        assertThat(config.mappings().get(0).target()).isEqualTo("users");
        assertThat(config.mappings().get(0).select()).isEmpty();
        assertThat(config.sequencer()).isEqualTo(SequencerConfig.DEFAULT);
        assertThat(config.poller()).isEqualTo(new PollerConfig(Duration.ofMillis(50), 1000, Duration.ofSeconds(60)));
        assertThat(config.sync()).isEqualTo(new ApplyConfig(5000, 8, ApplyConfig.OnBadRow.PARK));
        assertThat(config.webhooks()).isEmpty();
        assertThat(config.dispatch()).isEqualTo(DispatchMode.DIRECT);
        assertThat(config.admin()).isEqualTo(new AdminConfig(8101, "127.0.0.1", Optional.empty(), Optional.empty()));
        assertThat(config.externalDatabases().allowPrivate()).isTrue();
    }

    @Test
    void the_admin_port_follows_a_prefix_of_digits_in_the_environment() throws IOException {
        assertThat(adminPort("91")).isEqualTo(9101);
        assertThat(adminPort("654")).isEqualTo(65401);
        assertThat(adminPort("auto")).isEqualTo(8101);
        assertThat(adminPort("")).isEqualTo(8101);
        assertThatThrownBy(() -> adminPort("655"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the environment variable TIDELINE_PORT_PREFIX is \"655\", and a port prefix is 11 to 654."
                        + " Correct or unset it, or set admin.port.");
    }

    private int adminPort(String prefix) throws IOException {
        return load(MINIMAL, Map.of("TIDELINE_PORT_PREFIX", prefix)).admin().port();
    }

    @Test
    void nothing_prints_a_secret() throws IOException {
        SyncConfig config = load(
                WHOLE.replace("postgres://u@db/x", "postgres://u:pass-one@db/x"),
                Map.of("TIDELINE_SOURCE_URL", "postgres://u:pass-two@h/d", "TIDELINE_ADMIN_TOKEN", "t0ken"));

        assertThat(config.toString()).doesNotContain("pass-one", "pass-two", "t0ken", "whsec_x");
    }
}
