package dev.tideline.sync.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code tideline.yaml}. Everything that is wrong with a file is reported at once. */
public final class SyncConfigLoader {

    private final YamlReading reading;

    private SyncConfigLoader(YamlReading reading) {
        this.reading = reading;
    }

    /**
     * Reads a file with this process's environment.
     *
     * @throws ConfigException with all problems
     */
    public static SyncConfig load(Path file) {
        return load(file, System::getenv);
    }

    /**
     * Reads a file.
     *
     * @param file as messages name it
     * @param environment returns a variable's value, or null if it is not set
     * @throws ConfigException with all problems
     */
    public static SyncConfig load(Path file, Function<String, String> environment) {
        YamlText.Document document = YamlText.read(file);
        YamlReading reading = new YamlReading(file.toString(), document.lines(), new EnvironmentText(environment));
        return new SyncConfigLoader(reading).read(file, document.root(), new DefaultAdminPort(environment));
    }

    private SyncConfig read(Path file, Node root, DefaultAdminPort adminPort) {
        YamlSection top = YamlSection.of(
                reading,
                "",
                root,
                "source",
                "tenants",
                "mappings",
                "external_databases",
                "sequencer",
                "poller",
                "sync",
                "webhooks",
                "alerts",
                "requests",
                "dispatch",
                "dispatch_url",
                "admin");
        if (reading.failed() && top.keys().isEmpty()) {
            throw new ConfigException(reading.problems());
        }
        Optional<PostgresUrl> source = source(top.section("source", "url"));
        TenantsConfig tenants = tenants(top.section("tenants", "table", "query", "key"));
        List<MappingConfig> mappings = new MappingsReader(reading).read(top);
        ExternalDatabasesConfig external = new ExternalDatabasesReader(reading).read(top);
        SequencerConfig sequencer = SettingsReader.sequencer(top);
        PollerConfig poller = SettingsReader.poller(top);
        ApplyConfig sync = SettingsReader.sync(top);
        ReceiversReader receivers = new ReceiversReader(reading);
        List<WebhookConfig> webhooks = receivers.webhooks(top);
        List<AlertConfig> alerts = receivers.alerts(top);
        RequestsConfig requests = ReceiversReader.requests(top);
        Optional<String> dispatchUrl = ReceiversReader.dispatchUrl(top);
        DispatchMode dispatch = SettingsReader.dispatch(top);
        AdminConfig admin = SettingsReader.admin(top, adminPort);
        if (reading.failed()) {
            throw new ConfigException(allProblems(new Consistency(reading.positions())
                    .check(source, tenants, mappings, external, webhooks, alerts, requests, dispatchUrl)));
        }
        return new SyncConfig(
                Optional.of(file),
                source.orElseThrow(),
                tenants,
                mappings,
                external,
                sequencer,
                poller,
                sync,
                webhooks,
                alerts,
                requests,
                dispatch,
                dispatchUrl,
                admin,
                reading.positions());
    }

    /** These problems of form, and those of the others that do not merely follow from them. */
    private List<Problem> allProblems(List<Problem> others) {
        List<Problem> all = new ArrayList<>(reading.problems());
        others.stream()
                .filter(problem -> all.stream().noneMatch(known -> related(known, problem)))
                .forEach(all::add);
        return all;
    }

    /** An unknown key may be a misspelt name of a missing one. */
    private static boolean related(Problem known, Problem problem) {
        return problem.path().startsWith(known.path())
                || known.what().equals(YamlSection.UNKNOWN_KEY)
                        && section(known.path()).equals(section(problem.path()));
    }

    private static String section(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private Optional<PostgresUrl> source(YamlSection section) {
        String url = section.text("url", "Write postgres://user:password@host:port/database, or ${env:NAME}.");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PostgresUrl.parse(url));
        } catch (ConfigException e) {
            e.problems().forEach(problem -> section.problem("url", problem.what(), problem.hint()));
            return Optional.empty();
        }
    }

    private static TenantsConfig tenants(YamlSection section) {
        return new TenantsConfig(
                section.optionalText("table"),
                section.optionalText("query"),
                section.texts("key", "Name the column or columns that identify a tenant."));
    }
}
