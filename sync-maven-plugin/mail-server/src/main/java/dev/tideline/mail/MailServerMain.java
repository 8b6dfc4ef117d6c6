package dev.tideline.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs one mail server until it is ended.
 *
 * <p>Once it answers it prints {@code ready http=8105 smtp=8129 pop3=8130}, with {@code smtps} and {@code pop3s} if there
 * are such ports, and on request writes the same as properties to a file. SIGTERM and SIGINT end it within a second. The
 * death of its parent does not end it, even if its standard output is closed, unless {@code --end-with-stdin} is given
 * and its standard input is a pipe from that parent.
 *
 * <p>Exit code 1: it could not listen. 2: the arguments are wrong.
 */
public final class MailServerMain {

    private MailServerMain() {}

    /**
     * Starts the server; returns when {@code --end-with-stdin} ends it. See {@link MailServerArguments} for the
     * arguments.
     */
    public static void main(String... words) throws IOException, InterruptedException {
        MailServerArguments arguments;
        try {
            arguments = MailServerArguments.parse(words);
        } catch (IllegalArgumentException | ArithmeticException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try (MailServer server = MailServer.start(arguments.config())) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "mail-shutdown"));
            if (arguments.portsFile().isPresent()) {
                write(arguments.portsFile().get(), server);
            }
            // A PrintStream swallows the error of a pipe that nobody reads any more.
            System.out.println("ready " + String.join(" ", ports(server)));
            if (arguments.endWithStdin()) {
                readToEnd(System.in);
            } else {
                new CountDownLatch(1).await();
            }
        } catch (MailServerException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Moved into place, so that a polling process never reads half of it. */
    private static void write(Path file, MailServer server) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, String.join("\n", ports(server)) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> ports(MailServer server) {
        List<String> ports = new ArrayList<>(
                List.of("http=" + server.httpPort(), "smtp=" + server.smtpPort(), "pop3=" + server.pop3Port()));
        server.smtpsPort().ifPresent(port -> ports.add("smtps=" + port));
        server.pop3sPort().ifPresent(port -> ports.add("pop3s=" + port));
        return ports;
    }

    private static void readToEnd(InputStream in) throws IOException {
        byte[] ignored = new byte[256];
        while (in.read(ignored) >= 0) {
            // Only its end counts.
        }
    }
}
