package dev.tideline.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.expression.DefaultExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

/** What is said of a {@code <service>} in a POM, before Maven fills the parameters. */
class StrictConfiguratorTest {

    @Test
    void an_unknown_element_is_reported_with_its_service_and_the_closest_valid_name() {
        assertThatThrownBy(() -> configure("""
                        <service><name>mail</name></service>
                        <service><name>postgres</name><initScript>a.sql</initScript></service>"""))
                .isInstanceOf(ComponentConfigurationException.class)
                .hasMessage(
                        "A <service> in the <configuration> of sync-maven-plugin, postgres, has <initScript>, which is"
                                + " not one of its elements. Did you mean initScripts? There are: databases, environment, image,"
                                + " initScripts, name, port, roles, settings, version, wait.");
    }

    @Test
    void so_is_one_of_a_service_without_a_name_and_one_that_is_near_to_none() {
        assertThatThrownBy(() -> configure("<service><colour>9</colour></service>"))
                .isInstanceOf(ComponentConfigurationException.class)
                .hasMessage("A <service> in the <configuration> of sync-maven-plugin has <colour>, which is not one of"
                        + " its elements. There are: databases, environment, image, initScripts, name, port, roles, settings,"
                        + " version, wait.");
    }

    @Test
    void what_is_right_is_filled_in() throws Exception {
        Configured configured = configure("""
                <service><name>postgres</name><databases><database>shop</database></databases>
                  <roles><clerk>secret</clerk></roles></service>""");

        assertThat(configured.services)
                .singleElement()
                .satisfies(service -> assertThat(service.spec(true))
                        .satisfies(spec -> assertThat(spec.name()).isEqualTo("postgres"))
                        .satisfies(spec -> assertThat(spec.databases()).containsExactly("shop"))
                        .satisfies(spec -> assertThat(spec.roles()).containsEntry("clerk", "secret")));
    }

    /** What stands for a goal: the one parameter that is looked at. */
    public static final class Configured {
        private List<ServiceParameter> services;
    }

    private static Configured configure(String services) throws Exception {
        PlexusConfiguration configuration = new XmlPlexusConfiguration(Xpp3DomBuilder.build(
                new StringReader("<configuration><services>" + services + "</services></configuration>")));
        Configured configured = new Configured();
        new StrictConfigurator()
                .configureComponent(
                        configured,
                        configuration,
                        new DefaultExpressionEvaluator(),
                        new ClassWorld().newRealm("test", StrictConfiguratorTest.class.getClassLoader()),
                        null);
        return configured;
    }
}
