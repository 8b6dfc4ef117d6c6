package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map on the command line: {@code shop:40,admin-ui:41}. */
final class PairList {

    private PairList() {}

    static Map<String, String> of(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            String[] parts = pair.strip().split(":", -1);
            if (parts.length != 2 || parts[0].isBlank()) {
                throw new DevServicesException("-Dtideline.extraPorts has '" + pair.strip()
                        + "'. Give a name and two digits for each port, such as shop:40,admin-ui:41.");
            }
            if (pairs.put(parts[0].strip(), parts[1].strip()) != null) {
                throw new DevServicesException(
                        "-Dtideline.extraPorts names '" + parts[0].strip() + "' twice. Keep one of them.");
            }
        }
        return pairs;
    }
}
