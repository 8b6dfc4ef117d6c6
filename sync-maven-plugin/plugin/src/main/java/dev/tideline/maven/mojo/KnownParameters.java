package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import dev.tideline.devservices.service.ServiceCatalogue;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The parameters of all goals. Maven itself ignores unknown ones, so a mistyped name would have no effect.
 *
 * @param names as in a POM
 * @param services names of services, which have properties for their images
 */
record KnownParameters(Set<String> names, List<String> services) {

    private static final String PREFIX = "tideline.";

    /** Prefix of a property with the image of a service. */
    private static final String IMAGE = "image.";

    /** What Maven itself reads from a {@code <configuration>}. */
    private static final List<String> OF_MAVEN = List.of("combine.self", "combine.children");

    /** Properties of Tideline that are no parameters, and would be mistaken for misspelt ones. */
    private static final Set<String> OTHERS = Set.of("workspace", "stateDirectory", "cacheDirectory");

    /**
     * The plugin's parameters and the services in a POM.
     *
     * @param pom the plugin's configuration in the POM; null on a command line without one
     */
    static KnownParameters of(PluginDescriptor plugin, Plugin pom) {
        Set<String> names = new TreeSet<>();
        plugin.getMojos()
                .forEach(mojo -> mojo.getParameters().stream()
                        .filter(Parameter::isEditable)
                        .map(Parameter::getName)
                        .forEach(names::add));
        List<String> services = Stream.concat(
                        ServiceCatalogue.standard().names().stream(),
                        elements(pom)
                                .filter(parameter -> parameter.getName().equals("services"))
                                .flatMap(list -> Stream.of(list.getChildren()))
                                .map(service -> service.getChild("name"))
                                .filter(name -> name != null && name.getValue() != null)
                                .map(name -> name.getValue().strip()))
                .distinct()
                .toList();
        return new KnownParameters(names, services);
    }

    /** The elements of the {@code <configuration>} of the plugin and its executions. */
    private static Stream<Xpp3Dom> elements(Plugin pom) {
        if (pom == null) {
            return Stream.of();
        }
        return Stream.concat(
                        Stream.of(pom.getConfiguration()),
                        pom.getExecutions().stream().map(PluginExecution::getConfiguration))
                .filter(Xpp3Dom.class::isInstance)
                .flatMap(configuration -> Stream.of(((Xpp3Dom) configuration).getChildren()));
    }

    /**
     * Rejects unknown names in the POM.
     *
     * @param plugin the plugin's configuration in the POM; null on a command line without one
     */
    void checkPom(Plugin plugin) {
        elements(plugin)
                .map(Xpp3Dom::getName)
                .filter(name -> !names.contains(name) && !OF_MAVEN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new DevServicesException("The <configuration> of sync-maven-plugin has <" + name
                            + ">, which is not one of its parameters." + NearestName.question(name, names)
                            + " There are: " + String.join(", ", names) + ".");
                });
    }

    /**
     * Rejects a property on the command line that is nearly a parameter. The plugin does not care about others that
     * begin with {@code tideline.}: tests have some, too.
     */
    void checkTyped(Properties userProperties) {
        List<String> typed = userProperties.stringPropertyNames().stream()
                .filter(property -> property.startsWith(PREFIX))
                .map(property -> property.substring(PREFIX.length()))
                .sorted()
                .toList();
        typed.stream()
                .filter(name -> name.startsWith(IMAGE))
                .map(name -> name.substring(IMAGE.length()))
                .filter(service -> !services.contains(service))
                .forEach(service -> {
                    throw new DevServicesException("-D" + PREFIX + IMAGE + service + " names no service."
                            + NearestName.of(service, services)
                                    .map(nearest -> " Did you mean -D" + PREFIX + IMAGE + nearest + "?")
                                    .orElse("")
                            + " The services are: " + String.join(", ", services) + ".");
                });
        typed.stream()
                .filter(name -> !name.contains(".") && !names.contains(name) && !OTHERS.contains(name))
                .forEach(name -> NearestName.of(name, names).ifPresent(nearest -> {
                    throw new DevServicesException("-D" + PREFIX + name + " is not a parameter of sync-maven-plugin."
                            + " Did you mean -D" + PREFIX + nearest + "?");
                }));
    }
}
