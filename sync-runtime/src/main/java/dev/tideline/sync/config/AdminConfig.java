package dev.tideline.sync.config;

import java.util.Optional;

/**
 * The admin port.
 *
 * @param port TCP port; default prefix + 01
 * @param bind address to listen on; default 127.0.0.1
 * @param token any non-empty string; empty means that one is generated
 * @param cronSecret empty closes the cron endpoints
 */
public record AdminConfig(int port, String bind, Optional<String> token, Optional<String> cronSecret) {

    @Override
    public String toString() {
        return "AdminConfig[port=" + port + ", bind=" + bind + "]";
    }
}
