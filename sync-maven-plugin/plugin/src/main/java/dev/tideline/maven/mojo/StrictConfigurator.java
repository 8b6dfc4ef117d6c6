package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.ConfigurationListener;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Fills a goal's parameters as Maven does, after a look at each {@code <service>}: of an element that means nothing Maven
 * would say that it cannot find it in a class of ours. Found by Maven through {@code META-INF/plexus/components.xml}.
 */
public final class StrictConfigurator extends BasicComponentConfigurator {

    /** The name by which goals ask for it. */
    static final String NAME = "tideline-strict";

    /** Made by Maven. */
    public StrictConfigurator() {}

    @Override
    public void configureComponent(
            Object component,
            PlexusConfiguration configuration,
            ExpressionEvaluator evaluator,
            ClassRealm realm,
            ConfigurationListener listener)
            throws ComponentConfigurationException {
        try {
            PlexusConfiguration services = configuration.getChild("services", false);
            if (services != null) {
                ServiceElements.check(services);
            }
        } catch (DevServicesException e) {
            throw new ComponentConfigurationException(e.getMessage(), e);
        }
        super.configureComponent(component, configuration, evaluator, realm, listener);
    }
}
