package dev.tideline.sync.jdbc;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Creates the sockets of one connection, and tells how long the other side has not answered. The driver only accepts a
 * class name, so the socket factory and its watcher find each other by a number. A peer whose machine vanished is
 * noticed within a minute: by the kernel if nobody waits for it, by {@link SilentPeers} otherwise. Safe for use by many
 * threads.
 */
public final class WatchedSockets extends SocketFactory {

    private static final int IDLE_SECONDS = 30;
    private static final int INTERVAL_SECONDS = 10;
    private static final int PROBES = 3;

    /** Bytes that a server may send before the login is complete. */
    private static final long LOGIN_BYTES = 1_000_000;

    /** Bytes that it may send in answer to one step: rows of our metadata, errors, and notices. */
    private static final long STEP_BYTES = 16_000_000;

    /** How long one step may take, such as a merge into a large table. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(10);

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Map<String, Waiting> WATCHED = new ConcurrentHashMap<>();

    private final Waiting waiting;

    /** Called by the driver. @param number of the connection that {@link #watch} returned */
    public WatchedSockets(String number) {
        this.waiting = WATCHED.getOrDefault(number, new Waiting(number));
    }

    /** Starts watching a connection that is about to be made. Close it with the connection. */
    public static Waiting watch() {
        Waiting waiting = new Waiting(Long.toString(NUMBERS.incrementAndGet()));
        WATCHED.put(waiting.number, waiting);
        return waiting;
    }

    /** How long the other side of a connection has not answered. */
    public static final class Waiting implements AutoCloseable {

        private final String number;
        private final long began = now();
        private volatile long readingSince; // 0: not reading
        private volatile long writingSince; // 0: not writing
        private volatile Socket socket;
        private volatile String cutBecause;
        private volatile long letInWithin = Long.MAX_VALUE; // nanoseconds since the start
        private volatile long mostBytes = Long.MAX_VALUE; // in answer to one step
        private volatile long longest = Long.MAX_VALUE; // nanoseconds that one step may take
        private final AtomicLong bytes = new AtomicLong(); // in this step
        private final AtomicLong waited = new AtomicLong(); // nanoseconds in this step, up to the last byte

        private Waiting(String number) {
            this.number = number;
        }

        /** Time since the first attempt to connect. */
        public Duration age() {
            return since(began);
        }

        /** Limits time and bytes until the login is complete. For a server that may be anybody's. */
        void login(Duration within) {
            letInWithin = within.toNanos();
            mostBytes = LOGIN_BYTES;
        }

        /** The login is complete: no limits apply. */
        void letIn() {
            letInWithin = Long.MAX_VALUE;
            mostBytes = Long.MAX_VALUE;
        }

        /** From now on each {@link #step} is limited in the bytes received and in the time to wait for them. */
        public void bound() {
            step();
            mostBytes = STEP_BYTES;
            longest = LONGEST_STEP.toNanos();
        }

        /** Ends a step: something was committed, or the next piece of work begins. */
        public void step() {
            bytes.set(0);
            waited.set(0);
        }

        /** Makes whoever waits fail. May be called by any thread. @param because the reason to report */
        public void cut(String because) {
            cutBecause = because;
            closeSocket();
        }

        /** The driver leaves a socket open after an unexpected answer. */
        void closeSocket() {
            Socket connected = socket;
            if (connected != null) {
                try {
                    connected.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** Why it was cut; empty if it was not. */
        public Optional<String> cutBecause() {
            return Optional.ofNullable(cutBecause);
        }

        /** How long the current step has waited. */
        public Duration ofThisStep() {
            return Duration.ofNanos(waited.get()).plus(forAnswer()).plus(forTaking());
        }

        private void check() throws IOException {
            if (cutBecause == null && bytes.get() > mostBytes) {
                cutBecause = "the database has sent more than " + mostBytes / 1_000_000 + " MB "
                        + (letInWithin == Long.MAX_VALUE ? "in answer to one step" : "before it completed the login")
                        + "; the connection was cut";
            }
            if (cutBecause == null && waited.get() > longest) {
                cutBecause = "the database has kept one step waiting for " + LONGEST_STEP.toMinutes()
                        + " minutes, and nothing was committed; the connection was cut";
            }
            if (cutBecause != null) {
                throw new SocketException(cutBecause);
            }
        }

        private int read(Socket from, InputStream in, byte[] into, int offset, int length) throws IOException {
            check();
            int patience = from.getSoTimeout();
            if (letInWithin != Long.MAX_VALUE) {
                long left = TimeUnit.NANOSECONDS.toMillis(letInWithin - age().toNanos());
                if (left <= 0) {
                    throw new SocketTimeoutException("not let in");
                }
                from.setSoTimeout((int) Math.min(left, patience == 0 ? Integer.MAX_VALUE : patience));
            }
            readingSince = now();
            try {
                int count = in.read(into, offset, length);
                bytes.addAndGet(Math.max(0, count));
                return count;
            } finally {
                waited.addAndGet(forAnswer().toNanos());
                readingSince = 0;
                if (letInWithin != Long.MAX_VALUE && !from.isClosed()) {
                    from.setSoTimeout(patience);
                }
            }
        }

        /** The value of the driver's property {@code socketFactoryArg}. */
        String number() {
            return number;
        }

        /** How long we have waited for an answer. */
        public Duration forAnswer() {
            return since(readingSince);
        }

        /** How long we have waited for it to accept what we send. */
        public Duration forTaking() {
            return since(writingSince);
        }

        private static Duration since(long nanos) {
            return nanos == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - nanos));
        }

        private static long now() {
            long now = System.nanoTime();
            return now == 0 ? 1 : now;
        }

        @Override
        public void close() {
            WATCHED.remove(number);
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new WatchedSocket(waiting);
        socket.setKeepAlive(true);
        keepAlive(socket);
        return socket;
    }

    private static void keepAlive(Socket socket) throws IOException {
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        } else {
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private static final class WatchedSocket extends Socket implements SilentPeers.Peer {

        private final Waiting waiting;

        WatchedSocket(Waiting waiting) {
            this.waiting = waiting;
        }

        @Override
        public void connect(SocketAddress server, int timeout) throws IOException {
            waiting.socket = this;
            waiting.check();
            super.connect(server, timeout);
            SilentPeers.OURS.watch(this);
        }

        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) getRemoteSocketAddress();
        }

        @Override
        public Duration waiting() {
            Duration answer = waiting.forAnswer();
            Duration taking = waiting.forTaking();
            return answer.compareTo(taking) > 0 ? answer : taking;
        }

        @Override
        public void cut() {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            SilentPeers.OURS.forget(this);
            super.close();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return waiting.read(WatchedSocket.this, in, into, offset, length);
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    waiting.writingSince = Waiting.now();
                    try {
                        out.write(from, offset, length);
                    } finally {
                        waiting.waited.addAndGet(waiting.forTaking().toNanos());
                        waiting.writingSince = 0;
                    }
                }
            };
        }
    }
}
