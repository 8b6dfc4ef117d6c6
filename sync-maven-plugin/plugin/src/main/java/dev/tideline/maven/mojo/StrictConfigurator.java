package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.ConfigurationListener;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Sets a goal's parameters as Maven does, after checking each {@code <service>}: for an unknown element Maven would
 * report that a class of ours lacks it. Found by Maven through {@code META-INF/plexus/components.xml}.
 */
public final class StrictConfigurator extends BasicComponentConfigurator {

    /** The name by which goals request it. */
    static final String NAME = "tideline-strict";

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
