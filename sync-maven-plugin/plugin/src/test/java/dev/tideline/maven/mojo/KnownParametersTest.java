package dev.tideline.maven.mojo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

class KnownParametersTest {

    private final KnownParameters known = new KnownParameters(
            new TreeSet<>(Set.of("portPrefix", "provider", "dataDirectory", "keepRunning", "startTimeout")),
            List.of("postgres", "external-postgres", "mail"));

    @Test
    void a_name_in_the_pom_that_means_nothing_is_refused() {
        assertThatThrownBy(() -> known.checkPom(configured("portPrfix", "91")))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "The <configuration> of sync-maven-plugin has <portPrfix>, which is not one of its parameters. Did"
                                + " you mean portPrefix? There are: dataDirectory, keepRunning, portPrefix, provider, startTimeout.");
    }

    @Test
    void so_is_one_in_an_execution() {
        Plugin plugin = configured("portPrefix", "91");
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(configured("timeout", "9").getConfiguration());
        plugin.addExecution(execution);

        assertThatThrownBy(() -> known.checkPom(plugin))
                .hasMessage(
                        "The <configuration> of sync-maven-plugin has <timeout>, which is not one of its parameters. Did"
                                + " you mean startTimeout? There are: dataDirectory, keepRunning, portPrefix, provider,"
                                + " startTimeout.");
    }

    @Test
    void a_typed_property_that_is_nearly_a_parameter_is_refused() {
        assertThatThrownBy(() -> known.checkTyped(properties("tideline.keeprunning")))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("-Dtideline.keeprunning is not a parameter of sync-maven-plugin."
                        + " Did you mean -Dtideline.keepRunning?");
    }

    @Test
    void so_is_one_that_is_the_beginning_or_the_end_of_a_parameter() {
        assertThatThrownBy(() -> known.checkTyped(properties("tideline.prefix")))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("-Dtideline.prefix is not a parameter of sync-maven-plugin."
                        + " Did you mean -Dtideline.portPrefix?");
    }

    @Test
    void an_image_for_a_service_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> known.checkTyped(properties("tideline.image.postgress")))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("-Dtideline.image.postgress names no service. Did you mean -Dtideline.image.postgres?"
                        + " The services are: postgres, external-postgres, mail.");
        assertThatThrownBy(() -> known.checkTyped(properties("tideline.image.redis")))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("-Dtideline.image.redis names no service."
                        + " The services are: postgres, external-postgres, mail.");
    }

    @Test
    void what_is_right_or_somebody_elses_passes() {
        for (String property : List.of(
                "tideline.portPrefix",
                "tideline.workspace",
                "tideline.stateDirectory",
                "tideline.port.mailbox",
                "tideline.image.mail",
                "tideline.postgres.url",
                "portPrfix")) {
            assertThatCode(() -> known.checkTyped(properties(property)))
                    .as(property)
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> known.checkPom(configured("keepRunning", "true"))).doesNotThrowAnyException();
        assertThatCode(() -> known.checkPom(null)).doesNotThrowAnyException();
    }

    @Test
    void only_true_and_false_are_yes_and_no() {
        assertThatThrownBy(() -> AbstractServicesMojo.yesOrNo("keepRunning", "yes"))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("keepRunning is 'yes'. Give true or false.");
    }

    private static Properties properties(String name) {
        Properties properties = new Properties();
        properties.setProperty(name, "x");
        return properties;
    }

    private static Plugin configured(String name, String value) {
        Xpp3Dom parameter = new Xpp3Dom(name);
        parameter.setValue(value);
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        configuration.addChild(parameter);
        Plugin plugin = new Plugin();
        plugin.setConfiguration(configuration);
        return plugin;
    }
}
