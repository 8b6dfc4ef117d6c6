package dev.tideline.sync.config;

import java.util.List;
import java.util.Optional;

/**
 * The admin port.
 *
 * @param port TCP port, 1 to 65,535; default 8101
 * @param bind address to listen on; default 127.0.0.1
 * @param token any non-empty string; empty means that one is generated
 * @param cronSecret empty closes the cron endpoints
 * @param hosts names beside localhost and this host's own that a request may be for, such as that of a proxy
 */
public record AdminConfig(
        int port, String bind, Optional<String> token, Optional<String> cronSecret, List<String> hosts) {

    static final String DEFAULT_BIND = "127.0.0.1";

    public AdminConfig {
        Range.check("admin.port", port, 1, 65_535);
        if (token.filter(String::isEmpty).isPresent()
                || cronSecret.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("an empty token or cron secret is given as Optional.empty()");
        }
        hosts = List.copyOf(hosts);
    }

    /** With no further names. */
    public AdminConfig(int port, String bind, Optional<String> token, Optional<String> cronSecret) {
        this(port, bind, token, cronSecret, List.of());
    }

    /** Port 8101 on 127.0.0.1, a generated token, no cron endpoints. */
    public static AdminConfig byDefault() {
        return new AdminConfig(DefaultAdminPort.PORT, DEFAULT_BIND, Optional.empty(), Optional.empty());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AdminConfig[port=" + port + ", bind=" + bind + "]";
    }
}
