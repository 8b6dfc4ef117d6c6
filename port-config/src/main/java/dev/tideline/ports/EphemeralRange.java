package dev.tideline.ports;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * The ports that the kernel assigns to outgoing connections. A service on one of them sometimes fails to start, when a
 * connection happens to hold its port. Immutable.
 */
public final class EphemeralRange {
    /** The default of macOS and Windows, recommended by IANA. */
    private static final int IANA_FIRST = 49_152;

    private static final int LAST_PORT = 65_535;

    private final int first;
    private final int last;
    private final BitSet reserved;
    private final boolean measured;

    private EphemeralRange(int first, int last, BitSet reserved, boolean measured) {
        this.first = first;
        this.last = last;
        this.reserved = reserved;
        this.measured = measured;
    }

    /**
     * The range of this machine: on Linux from {@code /proc/sys/net/ipv4}, without reserved ports. Elsewhere the range
     * that IANA recommends, 49152 to 65535, is assumed, and the warning says so.
     */
    public static EphemeralRange current() {
        return read(Path.of("/proc/sys/net/ipv4"));
    }

    static EphemeralRange read(Path directory) {
        try {
            String[] ends = text(directory.resolve("ip_local_port_range")).split("\\s+");
            return new EphemeralRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), reserved(directory), true);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new EphemeralRange(IANA_FIRST, LAST_PORT, new BitSet(), false);
        }
    }

    /** Ports in {@code ip_local_reserved_ports}, such as {@code 8080,40000-40099}: the kernel does not assign them. */
    private static BitSet reserved(Path directory) {
        BitSet ports = new BitSet();
        try {
            for (String part :
                    text(directory.resolve("ip_local_reserved_ports")).split(",")) {
                if (!part.isBlank()) {
                    String[] ends = part.strip().split("-");
                    ports.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
                }
            }
            return ports;
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // Not knowing the reserved ports can only cause too many warnings.
            return new BitSet();
        }
    }

    /**
     * Reads one line with a buffered reader, that is in one system call: the kernel returns nothing to a second one,
     * and {@link Files#readString} begins by reading a single byte (it gets the 3 of 32768).
     */
    private static String text(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            String line = reader.readLine();
            return line == null ? "" : line.strip();
        }
    }

    /** Whether an outgoing connection may take a port of a prefix's block. */
    public boolean meets(int prefix) {
        int from = Math.max(prefix * 100, first);
        int to = Math.min(prefix * 100 + 99, last);
        return from <= to && reserved.nextClearBit(from) <= to;
    }

    /** A warning in one line about a prefix that {@linkplain #meets meets} the range; empty for any other. */
    public Optional<String> warning(PortPrefix prefix) {
        if (!meets(prefix.value())) {
            return Optional.empty();
        }
        return Optional.of("Port prefix " + prefix.value() + " from " + prefix.origin() + " uses ports "
                + prefix.firstPort() + " to " + prefix.lastPort() + ", which overlap the range that the system uses for"
                + " outgoing connections, " + first + " to " + last
                + (measured ? "" : " (assumed, since this system does not say)")
                + ", so a service will occasionally find its port taken. " + advice(prefix));
    }

    private String advice(PortPrefix prefix) {
        int below = Math.min(first / 100 - 1, PortPrefix.MAX);
        String reserve = "reserve the block (sysctl -w net.ipv4.ip_local_reserved_ports=" + prefix.firstPort() + "-"
                + prefix.lastPort() + ")";
        if (below < PortPrefix.MIN) {
            return measured ? capitalised(reserve) + "." : "";
        }
        String lower = "Use a prefix from " + PortPrefix.MIN + " to " + below;
        return measured ? lower + ", or " + reserve + "." : lower + ".";
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
