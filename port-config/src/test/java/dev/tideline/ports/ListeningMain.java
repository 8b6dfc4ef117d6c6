package dev.tideline.ports;

import java.net.InetAddress;
import java.net.ServerSocket;

/** A process that listens on a port of the system's choice, prints it, and lives until its input ends. */
final class ListeningMain {
    private ListeningMain() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(socket.getLocalPort());
            System.in.read();
        }
    }
}
