package dev.tideline.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks SMTP or POP3 word by word, so that a test sees exactly what the server says. */
final class LineClient implements AutoCloseable {

    private Socket socket;
    private BufferedReader in;

    LineClient(int port) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(20_000);
            // Text and final dot are written apart; without this each message costs a delayed acknowledgement.
            socket.setTcpNoDelay(true);
            listen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() throws IOException {
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Begins TLS, after the server has agreed to it. */
    LineClient secure(SSLContext trusting) {
        try {
            socket = trusting.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            ((SSLSocket) socket).startHandshake();
            listen();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that has greeted and been greeted. */
    static LineClient smtp(int port) {
        LineClient client = new LineClient(port);
        client.smtpReply();
        client.smtp("EHLO test");
        return client;
    }

    static LineClient pop3(int port, String user) {
        LineClient client = new LineClient(port);
        client.line();
        client.pop3("USER " + user);
        client.pop3("PASS whatever");
        return client;
    }

    LineClient write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    LineClient write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String line() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String pop3(String command) {
        return write(command + "\r\n").line();
    }

    /** The lines of a POP3 reply after the first one, up to the dot. */
    List<String> rest() {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null && !line.equals("."); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    String smtp(String command) {
        return write(command + "\r\n").smtpReply();
    }

    String smtpReply() {
        StringBuilder reply = new StringBuilder();
        String line = line();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            reply.append(line).append('\n');
            line = line();
        }
        return reply.append(line).toString();
    }

    /** Sends a message whose lines do not begin with a dot; gives the last reply. */
    String send(String from, List<String> to, byte[] message) {
        smtp("MAIL FROM:<" + from + ">");
        to.forEach(recipient -> smtp("RCPT TO:<" + recipient + ">"));
        smtp("DATA");
        return write(message).write("\r\n.\r\n").smtpReply();
    }

    String send(String from, String to, String message) {
        return send(from, List.of(to), message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
