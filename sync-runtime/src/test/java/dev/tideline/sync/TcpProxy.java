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
import java.util.concurrent.Semaphore;

/** Stands before a server and does to its connections what networks do. Closing ends them. */
public final class TcpProxy implements AutoCloseable {

    /** What becomes of bytes. */
    public enum Mode {
        /** They pass. */
        PASS,
        /** Nothing is read any more, from either side; connections are still accepted. */
        HANG
    }

    private final ServerSocket listening;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore passing = new Semaphore(0);
    private volatile Mode mode = Mode.PASS;
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile int cuts;

    /** @param to port of this machine */
    public TcpProxy(int to) {
        try {
            this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.to = to;
        thread(this::accept);
    }

    /** An address that goes through here. */
    public String url(TestDatabase database) {
        return "postgres://postgres:postgres@127.0.0.1:" + listening.getLocalPort() + "/" + database.name();
    }

    /** From now on, for connections that are open, too. */
    public void set(Mode now) {
        mode = now;
        if (now == Mode.PASS) {
            passing.release(1000);
        }
    }

    /** Cuts the next connection that has sent so many bytes to the server; once. */
    public void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    /** How many connections were cut for what they had sent. */
    public int cuts() {
        return cuts;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                thread(() -> connect(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) {
        try {
            awaitPassing();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(server);
            thread(() -> pump(server, client, false));
            pump(client, server, true);
        } catch (IOException | InterruptedException e) {
            close(client);
        }
    }

    private void pump(Socket from, Socket into, boolean upwards) {
        byte[] bytes = new byte[8192];
        long sent = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                awaitPassing();
                out.write(bytes, 0, n);
                sent += n;
                if (upwards && sent >= cutAfter) {
                    cutAfter = Long.MAX_VALUE;
                    cuts++;
                    break;
                }
            }
        } catch (IOException | InterruptedException e) {
            // the other side is gone, or we are
        } finally {
            close(from);
            close(into);
        }
    }

    private void awaitPassing() throws InterruptedException {
        while (mode == Mode.HANG) {
            passing.acquire();
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(Mode.PASS);
        open.forEach(this::close);
    }
}
