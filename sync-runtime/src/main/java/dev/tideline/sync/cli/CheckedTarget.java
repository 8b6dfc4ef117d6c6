package dev.tideline.sync.cli;

import java.util.Optional;

/**
 * An external database that was tried.
 *
 * @param address without password; empty if it could not be read
 * @param problem why rows could not be written to it
 */
record CheckedTarget(String tenant, String name, String address, Optional<String> problem) {

    String label() {
        return tenant + "/" + name;
    }
}
