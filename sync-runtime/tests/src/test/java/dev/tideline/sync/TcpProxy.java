package dev.tideline.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server and does to its connections what networks do. Closing ends them. */
public final class TcpProxy implements AutoCloseable {

    /** Bytes that a client may have on its way to here, so that it notices soon when nothing is read any more. */
    private static final int WINDOW = 64 << 10;

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
    private final AtomicLong upwards = new AtomicLong();
    private volatile long hangAt = Long.MAX_VALUE;
    private volatile long cutAt = Long.MAX_VALUE;
    private volatile int cuts;

    /** @param to port of this machine */
    public TcpProxy(int to) {
        try {
            this.listening = new ServerSocket();
            listening.setReceiveBufferSize(WINDOW);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
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

    /** Lets so many more bytes go to the server, over all connections, and hangs before those behind them. */
    public void hangAfter(long bytes) {
        hangAt = upwards.get() + bytes;
    }

    /** Whether nothing passes. */
    public boolean hangs() {
        return mode == Mode.HANG;
    }

    /** Lets so many more bytes go to the server, over all connections, and cuts the one that sends the last of them; once. */
    public void cutAfter(long bytes) {
        cutAt = upwards.get() + bytes;
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

    private void pump(Socket from, Socket into, boolean up) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                long sent = up ? upwards.addAndGet(n) : 0;
                if (sent > hangAt) {
                    hangAt = Long.MAX_VALUE;
                    set(Mode.HANG);
                }
                awaitPassing();
                out.write(bytes, 0, n);
                if (sent >= cutAt) {
                    cutAt = Long.MAX_VALUE;
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
