package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/configuration.md shows is what the loader reads. */
class ConfigurationGuideTest {

    private static final Path GUIDE = Path.of("..", "..", "docs", "configuration.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private static List<String> examples() throws IOException {
        return YAML.matcher(Files.readString(GUIDE))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private SyncConfig load(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("tideline.yaml"), yaml);
        return SyncConfigLoader.load(
                file, Map.of("TIDELINE_SOURCE_URL", "postgres://u:p@h/d", "WEBHOOK_SECRET", "s")::get);
    }

    @Test
    void every_example_is_read() throws IOException {
        assertThat(examples()).hasSize(2);
        for (String example : examples()) {
            assertThat(load(example).source().host()).isEqualTo("h");
        }
    }

    @Test
    void the_complete_example_shows_the_defaults() throws IOException {
        SyncConfig config = load(examples().get(0));

        assertThat(config.sequencer()).isEqualTo(SequencerConfig.DEFAULT);
        assertThat(config.poller()).isEqualTo(PollerConfig.DEFAULT);
        assertThat(config.sync()).isEqualTo(ApplyConfig.DEFAULT);
        assertThat(config.dispatch()).isEqualTo(DispatchMode.DIRECT);
        assertThat(config.admin().bind()).isEqualTo(AdminConfig.DEFAULT_BIND);
        assertThat(config.admin().token()).isEmpty();
        assertThat(config.externalDatabases().allowPrivate()).isTrue();
        assertThat(config.externalDatabases().grants()).isEqualTo(ExternalDatabasesConfig.Grants.PUBLIC_READ);
    }

    @Test
    void the_complete_example_and_the_table_have_every_key() throws IOException {
        String guide = Files.readString(GUIDE);
        String known = readersOfKeys();
        Matcher keys = Pattern.compile("\"([a-z_]+)\"").matcher(known);
        assertThat(keys.results().map(key -> key.group(1)).distinct())
                .hasSizeGreaterThan(30)
                .allSatisfy(key -> assertThat(guide).contains(key));
        assertThat(examples().get(0))
                .contains(Stream.of(
                                "source:",
                                "tenants:",
                                "mappings:",
                                "external_databases:",
                                "sequencer:",
                                "poller:",
                                "sync:",
                                "webhooks:",
                                "dispatch:",
                                "admin:")
                        .toArray(String[]::new));
    }

    /** The key lists as the readers pass them on; a key that is added there must be explained in the guide. */
    private static String readersOfKeys() throws IOException {
        StringBuilder lists = new StringBuilder();
        Path sources = Path.of("src", "main", "java", "dev", "tideline", "sync", "config");
        Pattern list = Pattern.compile("(?:YamlSection\\.of|\\.section)\\(([^;]*?)\\)[,;)]", Pattern.DOTALL);
        for (String reader :
                List.of("SyncConfigLoader", "SettingsReader", "MappingsReader", "ExternalDatabasesReader")) {
            list.matcher(Files.readString(sources.resolve(reader + ".java")))
                    .results()
                    .forEach(call -> lists.append(call.group(1)));
        }
        return lists.toString();
    }
}
