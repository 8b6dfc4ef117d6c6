package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.SyncScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the alerting rules and the dashboard for Grafana ask for is there, and each rule says what to do. */
class AlertRulesTest {

    private static final Path DOCS = Path.of("../../docs/operations");
    private static final Pattern METRIC = Pattern.compile("\\b((?:tideline|jvm|process)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)=\"(\\w+)\"");

    private record Rule(String name, String expression, Map<String, String> annotations) {}

    @SuppressWarnings("unchecked")
    private static List<Rule> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = (Map<
                        String, List<Map<String, List<Map<String, Object>>>>>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(DOCS.resolve("alerts.yaml")));
        return file.get("groups").get(0).get("rules").stream()
                .map(rule -> new Rule((String) rule.get("alert"), (String) rule.get("expr"), (Map<String, String>)
                        rule.get("annotations")))
                .toList();
    }

    private static List<String> expressionsOfTheDashboard() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(DOCS.resolve("grafana-dashboard.json").toFile());
        List<String> expressions = new ArrayList<>(dashboard.findValuesAsText("expr"));
        expressions.add(dashboard.at("/templating/list/1/query").asText());
        return expressions;
    }

    @Test
    void every_metric_that_is_asked_for_is_served() throws IOException {
        List<String> expressions = new ArrayList<>(expressionsOfTheDashboard());
        rules().forEach(rule -> expressions.add(rule.expression()));
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
                await("rows are brought")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> api.get("/metrics").body().contains("tideline_rows_brought_total{"));
                List<String> served = api.get("/metrics").body().lines().toList();
                TreeSet<String> missing = new TreeSet<>();
                for (String expression : expressions) {
                    METRIC.matcher(expression)
                            .results()
                            .filter(asked -> served.stream().noneMatch(line -> answers(asked, line)))
                            .forEach(asked -> missing.add(asked.group()));
                }
                assertThat(missing).isEmpty();
                assertThat(expressions).hasSizeGreaterThan(20);
            }
        }
    }

    /** Whether a line has this metric, with the labels that are asked for; {@code $job} is Prometheus's own. */
    private static boolean answers(MatchResult asked, String line) {
        if (!line.matches(asked.group(1) + "[ {].*")) {
            return false;
        }
        return asked.group(2) == null
                || MATCHER.matcher(asked.group(2)).results().allMatch(label -> line.contains(label.group()));
    }

    @Test
    void every_rule_has_a_reason_and_an_entry_in_the_runbook() throws IOException {
        String runbook = Files.readString(DOCS.resolve("runbook.md"));
        assertThat(rules()).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(rule.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
            assertThat(rule.annotations().get("runbook_url"))
                    .endsWith("#" + rule.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(runbook).contains("## " + rule.name() + "\n");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules alerts.yaml", "test rules alerts-test.yaml"})
    void promtool_accepts_the_rules_and_they_fire_as_they_should(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments.split(" ")));
        Process promtool;
        try {
            promtool = new ProcessBuilder(command)
                    .directory(DOCS.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new TestAbortedException("promtool is not installed (package prometheus): " + e.getMessage());
        }
        String output = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
    }
}
