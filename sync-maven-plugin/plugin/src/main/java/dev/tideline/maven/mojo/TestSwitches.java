package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Whether a project's integration tests are skipped, and by which switch. Asks the project's own Failsafe: the
 * parameters of its version, with their values in this build. Versions differ: up to 3.5 {@code -DskipTests} skips
 * integration tests, from 3.6 on it does not.
 */
record TestSwitches(MavenSession session, MavenProject project, BuildPluginManager plugins) {

    private static final String FAILSAFE = "org.apache.maven.plugins:maven-failsafe-plugin";
    private static final String GOAL = "integration-test";
    private static final List<String> PARAMETERS = List.of("skip", "skipITs", "skipTests", "skipExec");

    /** Without a Failsafe, another plugin runs tests in its phase; Surefire has these. */
    private static final List<String> PROPERTIES = List.of("skipTests", "skipITs", "maven.test.skip");

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    /** The switch that skips integration tests, for people; empty if any of them run. */
    Optional<String> skipping() {
        Plugin failsafe = project == null ? null : project.getPlugin(FAILSAFE);
        List<PluginExecution> executions = failsafe == null
                ? List.of()
                : failsafe.getExecutions().stream()
                        .filter(execution -> execution.getGoals().contains(GOAL))
                        .toList();
        if (executions.isEmpty()) {
            MojoExecution none = new MojoExecution(new MojoDescriptor());
            return PROPERTIES.stream()
                    .filter(name -> isTrue(evaluate("${" + name + "}", none)))
                    .findFirst()
                    .map(this::source);
        }
        List<Optional<String>> switches = executions.stream()
                .map(execution -> skipping(execution, descriptor(failsafe)))
                .toList();
        return switches.stream().allMatch(Optional::isPresent) ? switches.get(0) : Optional.empty();
    }

    private Optional<String> skipping(PluginExecution execution, MojoDescriptor goal) {
        MojoExecution context = new MojoExecution(goal, execution.getId());
        return PARAMETERS.stream()
                .flatMap(name -> value(name, execution, goal)
                        .filter(value -> isTrue(evaluate(value, context)))
                        .map(value -> source(name, value))
                        .stream())
                .findFirst();
    }

    /** The value in the POM, else Failsafe's default; both may be expressions. */
    private static Optional<String> value(String parameter, PluginExecution execution, MojoDescriptor goal) {
        Xpp3Dom configured = (Xpp3Dom) execution.getConfiguration();
        if (configured != null && configured.getChild(parameter) != null) {
            return Optional.ofNullable(configured.getChild(parameter).getValue());
        }
        PlexusConfiguration usual = goal.getMojoConfiguration().getChild(parameter, false);
        return usual == null
                ? Optional.empty()
                : Stream.of(usual.getValue(null), usual.getAttribute("default-value", null))
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst();
    }

    private String source(String parameter, String value) {
        Matcher property = PROPERTY.matcher(value);
        return property.matches()
                ? source(property.group(1))
                : "<" + parameter + "> in the configuration of maven-failsafe-plugin";
    }

    private String source(String property) {
        return session.getUserProperties().containsKey(property) ? "-D" + property : "the property " + property;
    }

    private boolean isTrue(Object value) {
        return value != null && Boolean.parseBoolean(value.toString());
    }

    private Object evaluate(String expression, MojoExecution context) {
        try {
            return new PluginParameterExpressionEvaluator(session, context).evaluate(expression);
        } catch (ExpressionEvaluationException e) {
            throw new DevServicesException(
                    "Cannot tell whether integration tests are skipped: " + expression + " has no value ("
                            + e.getMessage() + "). Set -Dtideline.skip=true or false.",
                    e);
        }
    }

    private MojoDescriptor descriptor(Plugin failsafe) {
        try {
            return plugins.getMojoDescriptor(
                    failsafe, GOAL, project.getRemotePluginRepositories(), session.getRepositorySession());
        } catch (Exception e) {
            throw new DevServicesException(
                    "Cannot tell whether integration tests are skipped, since " + failsafe.getId()
                            + " cannot be loaded: " + e.getMessage() + ". Set -Dtideline.skip=true or false.",
                    e);
        }
    }
}
