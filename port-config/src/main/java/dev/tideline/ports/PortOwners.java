package dev.tideline.ports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Finds out who holds ports. Best effort: a port that it says nothing about is not free for that. */
interface PortOwners {
    /** Looks up all the ports in one go; those about which nothing is known are missing in the answer. */
    Map<Integer, PortOwner> find(Set<Integer> ports);

    /** {@code /proc} where there is one, that is on Linux; elsewhere {@code lsof}, if it is installed. */
    static PortOwners ofThisSystem() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("net/tcp")) ? new ProcPortOwners(proc) : new LsofPortOwners("lsof");
    }
}
