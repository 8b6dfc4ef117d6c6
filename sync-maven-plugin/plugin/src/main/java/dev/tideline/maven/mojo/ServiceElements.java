package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * The possible elements of a {@code <service>} in the plugin's configuration: the fields of {@link ServiceParameter}.
 */
final class ServiceElements {

    private static final List<String> NAMES = Arrays.stream(ServiceParameter.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            .map(Field::getName)
            .sorted()
            .toList();

    private ServiceElements() {}

    /**
     * Rejects unknown elements.
     *
     * @param services {@code <services>} of the POM
     * @throws DevServicesException if one of its services has such an element
     */
    static void check(PlexusConfiguration services) {
        for (PlexusConfiguration service : services.getChildren()) {
            for (PlexusConfiguration element : service.getChildren()) {
                if (!NAMES.contains(element.getName())) {
                    throw unknown(service, element.getName());
                }
            }
        }
    }

    private static DevServicesException unknown(PlexusConfiguration service, String element) {
        PlexusConfiguration name = service.getChild("name", false);
        return new DevServicesException("A <service> in the <configuration> of sync-maven-plugin"
                + (name == null || name.getValue() == null
                        ? ""
                        : ", " + name.getValue().strip() + ",") + " has <" + element
                + ">, which is not one of its elements." + NearestName.question(element, NAMES) + " There are: "
                + String.join(", ", NAMES) + ".");
    }
}
