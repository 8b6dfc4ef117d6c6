package dev.tideline.devservices.lifecycle;

import dev.tideline.ports.PortTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Prefixes whose ports nobody listens on, each given out once in a process, below the range that the kernel uses itself. */
final class FreePrefix {

    private static final int FIRST = 110;
    private static final int BEYOND = 320;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 7 % (BEYOND - FIRST)));

    private FreePrefix() {}

    static int next() {
        for (int attempt = FIRST; attempt < BEYOND; attempt++) {
            int prefix = FIRST + NEXT.getAndIncrement() % (BEYOND - FIRST);
            if (PortTable.standard().services().stream().allMatch(port -> isFree(prefix * 100 + port.suffix()))) {
                return prefix;
            }
        }
        throw new AssertionError("no prefix from " + FIRST + " to " + BEYOND + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
