package dev.tideline.demo;

import dev.tideline.e2e.ServerAddress;

/**
 * A tenant of the demo.
 *
 * @param id also its name in messages
 * @param database name of its external database on {@code server}
 */
record DemoTenant(String id, ServerAddress server, String database) {

    String url() {
        return server.url(database);
    }
}
