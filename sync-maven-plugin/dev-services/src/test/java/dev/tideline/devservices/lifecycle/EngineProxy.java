package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.provider.docker.EngineAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket in front of the real engine, which can be closed as if the engine had gone. */
final class EngineProxy implements AutoCloseable {

    private final SocketAddress place;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private ServerSocketChannel server;

    private EngineProxy(SocketAddress place) throws IOException {
        this.place = place;
        open();
    }

    EngineProxy(Path socket) throws IOException {
        this(UnixDomainSocketAddress.of(socket));
    }

    /** One on a free port of loopback. */
    static EngineProxy onTcp() throws IOException {
        return new EngineProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    EngineAddress address() throws IOException {
        URI uri = place instanceof UnixDomainSocketAddress socket
                ? URI.create("unix://" + socket.getPath())
                : URI.create("tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort());
        return new EngineAddress(uri, "the test");
    }

    void open() throws IOException {
        server = place instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        server.bind(place);
        background(() -> {
            while (true) {
                SocketChannel from = server.accept();
                SocketChannel to = SocketChannel.open(
                        UnixDomainSocketAddress.of(TestEngine.address().uri().getPath()));
                connections.addAll(List.of(from, to));
                background(() -> pump(from, to));
                background(() -> pump(to, from));
            }
        });
    }

    @Override
    public void close() {
        try {
            server.close();
            if (place instanceof UnixDomainSocketAddress socket) {
                Files.deleteIfExists(socket.getPath());
            }
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pump(SocketChannel from, ByteChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (from.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
        to.close();
    }

    private static void background(Pump pump) {
        Thread thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException closed) {
                // The proxy or one of its ends was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Pump {
        void run() throws IOException;
    }
}
