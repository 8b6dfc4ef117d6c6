package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import dev.tideline.ports.PortTable;
import java.util.regex.Pattern;

/** What a {@code <service>} must have to be one of Tideline's, or one of the user's own. */
final class CustomServiceRules {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private CustomServiceRules() {}

    /** Rejects what is neither. */
    static void check(ServiceSpec spec, ServiceCatalogue catalogue) {
        String name = spec.name();
        if (ServiceCatalogue.isTidelines(name)) {
            if (spec.isCustom() || !spec.readyWhen().isBlank()) {
                throw new DevServicesException(
                        "Service '" + name + "' is one of Tideline's, which have their place and way to"
                                + " answer. Leave <port> and <wait> out, or give the service another name.");
            }
            return;
        }
        boolean meant = !spec.image().isBlank() || !spec.readyWhen().isBlank();
        if (!spec.isCustom()
                && (!meant || NearestName.of(name, catalogue.names()).isPresent())) {
            catalogue.type(name);
            return;
        }
        if (!NAME.matcher(name).matches()) {
            throw new DevServicesException(
                    "Service '" + name + "' needs a name of lower-case words joined by hyphens, such as web-cache.");
        }
        PortTable.standard().find(name).ifPresent(port -> {
            throw new DevServicesException("Service '" + name + "' has the name of a port of Tideline's ("
                    + port.description() + "). Give it another name.");
        });
        if (!spec.isCustom()) {
            throw new DevServicesException(
                    "Service '" + name + "' has no <port>. Give the port that it listens on inside its"
                            + " container, such as <port>6379</port>.");
        }
        if (spec.image().isBlank()) {
            throw new DevServicesException("Service '" + name + "' has no <image>. Give the image to run, such as"
                    + " <image>redis:8</image>.");
        }
        if (!spec.version().isBlank()) {
            throw new DevServicesException(
                    "Service '" + name + "' has a <version>. Write it into its <image>, such as <image>"
                            + spec.image().replaceFirst(":[^/:]*$", "") + ":" + spec.version() + "</image>.");
        }
        ReadyWhen.parse(name, spec.readyWhen());
    }
}
