package dev.tideline.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * A wire between one runtime and a server. Cut, it leaves the server with sessions whose client is gone, at whatever
 * they were at, as a killed process does; and the runtime with nothing. Safe for use by many threads.
 */
public final class CutWire implements AutoCloseable {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        return thread;
    });

    private final ServerSocket server;
    private final int to;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private int requestsLeft = Integer.MAX_VALUE; // guarded by this
    private Socket last; // guarded by this

    /** @param to port of this machine */
    public CutWire(int to) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        THREADS.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /**
     * Cuts itself when the server has carried out so many requests more, over all connections, and before it can answer
     * the last of them. What a client sends at once is one request.
     */
    public synchronized void cutAfter(int requests) {
        requestsLeft = requests;
    }

    public boolean isCut() {
        return cut;
    }

    private void accept() {
        while (!cut) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                THREADS.execute(() -> move(near, far, () -> mayAsk(near)));
                THREADS.execute(() -> move(far, near, () -> mayAnswer(near)));
                if (cut) {
                    close();
                }
            } catch (IOException e) {
                close();
            }
        }
    }

    private void move(Socket from, Socket into, BooleanSupplier may) {
        byte[] buffer = new byte[32 << 10];
        try (from;
                into;
                InputStream in = from.getInputStream();
                OutputStream out = into.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!may.getAsBoolean()) {
                    close();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of the two ends has gone; so does the other.
        } finally {
            sockets.remove(from);
            sockets.remove(into);
        }
    }

    private synchronized boolean mayAsk(Socket near) {
        if (requestsLeft == 0) {
            return false;
        }
        requestsLeft--;
        if (requestsLeft == 0) {
            last = near;
        }
        return true;
    }

    private synchronized boolean mayAnswer(Socket near) {
        return near != last;
    }

    @Override
    public void close() {
        cut = true;
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
