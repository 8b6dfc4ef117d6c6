package dev.tideline.sync.faults;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks the protocol of Postgres as far as its script says, and then does what no server should. */
final class HostileServer implements AutoCloseable {

    /** What it does. */
    enum Script {
        SILENT_BEFORE_LOGIN,
        SILENT_AFTER_LOGIN,
        HANGS_UP,
        NOTICES_BEFORE_LOGIN,
        NOTICES_IN_A_STATEMENT,
        ROWS_WITHOUT_END,
        HUGE_ERROR,
        HUGE_LENGTH,
        NEGATIVE_LENGTH,
        CUT_MESSAGE,
        NOISE,
        /** As PgBouncer does, unless it was told to ignore them. */
        REFUSES_PARAMETERS,
        /** As poolers do: another process than the one that was told of serves the session. */
        POOLS
    }

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL = 80877102;
    private static final int PROTOCOL_3 = 196608;

    private final Script script;
    private final Random random;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    HostileServer(Script script, long seed) {
        this.script = script;
        this.random = new Random(seed);
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String url() {
        return "postgres://u:p@127.0.0.1:" + listening.getLocalPort() + "/d";
    }

    /** Connections that the other side has not closed. */
    int open() {
        return open.size();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            if (!startup(in, out)) {
                return;
            }
            play(in, out);
        } catch (IOException e) {
            // The other side has had enough, which is what is expected of it.
        } finally {
            open.remove(socket);
        }
    }

    private static boolean startup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] rest = new byte[in.readInt() - 8];
            int code = in.readInt();
            in.readFully(rest);
            if (code == CANCEL) {
                return false;
            }
            if (code == PROTOCOL_3) {
                return true;
            }
            if (code == SSL_REQUEST || code == GSS_REQUEST) {
                out.writeByte('N');
                out.flush();
            }
        }
    }

    private void play(DataInputStream in, DataOutputStream out) throws IOException {
        switch (script) {
            case SILENT_BEFORE_LOGIN -> awaitEnd(in);
            case HANGS_UP -> {}
            case NOTICES_BEFORE_LOGIN -> {
                while (true) {
                    notice(out);
                }
            }
            case NOISE -> {
                byte[] noise = new byte[1 + random.nextInt(4096)];
                random.nextBytes(noise);
                out.write(noise);
                out.flush();
                awaitEnd(in);
            }
            case REFUSES_PARAMETERS ->
                message(out, 'E', bytes("SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: options\0\0"));
            default -> {
                letIn(out);
                if (script == Script.SILENT_AFTER_LOGIN) {
                    awaitEnd(in);
                }
                answer(in, out);
            }
        }
    }

    /** Reads until the other side ends the connection. */
    private static void awaitEnd(DataInputStream in) throws IOException {
        while (in.read() >= 0) {}
    }

    private static void letIn(DataOutputStream out) throws IOException {
        message(out, 'R', new byte[4]);
        for (String[] parameter : new String[][] {
            {"server_version", "15.0"},
            {"server_encoding", "UTF8"},
            {"client_encoding", "UTF8"},
            {"DateStyle", "ISO, YMD"},
            {"TimeZone", "UTC"},
            {"integer_datetimes", "on"},
            {"standard_conforming_strings", "on"}
        }) {
            message(out, 'S', bytes(parameter[0] + "\0" + parameter[1] + "\0"));
        }
        message(out, 'K', new byte[8]);
        ready(out);
    }

    /** Answers whatever it is asked with a process id, 42. @return whether the client was told what comes */
    private static boolean serve(int type, boolean described, DataOutputStream out) throws IOException {
        switch (type) {
            case 'P' -> message(out, '1', new byte[0]);
            case 'B' -> message(out, '2', new byte[0]);
            case 'D' -> message(out, 'T', bytes("\0\1p\0\0\0\0\0\0\0\0\0\0\27\0\4\377\377\377\377\0\0"));
            case 'E' -> {
                if (described) {
                    message(out, 'D', bytes("\0\1\0\0\0\00242"));
                }
                message(out, 'C', bytes("SELECT 1\0"));
            }
            default -> ready(out);
        }
        return type == 'D' || described && type != 'S';
    }

    private void answer(DataInputStream in, DataOutputStream out) throws IOException {
        boolean described = false;
        while (true) {
            int type = in.read();
            if (type < 0 || type == 'X') {
                return;
            }
            in.readFully(new byte[in.readInt() - 4]);
            if (script == Script.POOLS) {
                described = serve(type, described, out);
                continue;
            }
            if (type != 'Q' && type != 'S') {
                continue;
            }
            switch (script) {
                case NOTICES_IN_A_STATEMENT -> {
                    while (true) {
                        notice(out);
                    }
                }
                case ROWS_WITHOUT_END -> {
                    message(out, 'T', bytes("\0\1a\0\0\0\0\0\0\0\0\0\0\31\377\377\377\377\377\377\0\0"));
                    while (true) {
                        message(out, 'D', bytes("\0\1\0\0\0\1x"));
                    }
                }
                case HUGE_ERROR -> {
                    message(out, 'E', bytes("SERROR\0VERROR\0CXX000\0M" + "lorem ipsum ".repeat(40_000) + "\0\0"));
                    ready(out);
                }
                case HUGE_LENGTH -> length(out, Integer.MAX_VALUE);
                case NEGATIVE_LENGTH -> length(out, -1 - random.nextInt(1000));
                case CUT_MESSAGE -> {
                    length(out, 1000);
                    return;
                }
                default -> throw new IllegalStateException(script.toString());
            }
        }
    }

    private static void length(DataOutputStream out, int length) throws IOException {
        out.writeByte('E');
        out.writeInt(length);
        out.write(bytes("SERROR\0"));
        out.flush();
    }

    private static void notice(DataOutputStream out) throws IOException {
        message(out, 'N', bytes("SWARNING\0VWARNING\0C01000\0M" + "beware ".repeat(1000) + "\0\0"));
    }

    private static void ready(DataOutputStream out) throws IOException {
        message(out, 'Z', bytes("I"));
    }

    private static void message(DataOutputStream out, char type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
