package dev.tideline.ports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Finds the owners of ports. Best effort: a port without a known owner is not necessarily free. */
interface PortOwners {
    /** Looks up all ports at once; those with unknown owners are missing in the result. */
    Map<Integer, PortOwner> find(Set<Integer> ports);

    /** {@code /proc} on Linux; elsewhere {@code lsof}, if it is installed. */
    static PortOwners ofThisSystem() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("net/tcp")) ? new ProcPortOwners(proc) : new LsofPortOwners("lsof");
    }
}
