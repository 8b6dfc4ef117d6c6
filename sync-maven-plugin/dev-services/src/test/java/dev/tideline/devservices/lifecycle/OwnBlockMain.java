package dev.tideline.devservices.lifecycle;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;

/**
 * A build with {@code auto} in a process of its own: takes a block, starts all services, keeps a row and a mail that name it,
 * and, once it is told that the others have done so too, finds both and nobody else's.
 */
public final class OwnBlockMain {

    private OwnBlockMain() {}

    /**
     * Prints {@code ready PREFIX}, reads a line, and prints {@code good} if all is as it should be.
     *
     * @param arguments the workspace
     * @throws Exception if anything is not
     */
    public static void main(String[] arguments) throws Exception {
        TestWorkspace workspace = TestWorkspace.at(Path.of(arguments[0]));
        int prefix = workspace.prefix();
        String name = workspace.root().getFileName().toString();
        RecordingProgress progress = new RecordingProgress();
        // Also when it is ended from outside: nothing may be left.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> workspace.services(progress).stop()));
        workspace.start(progress, name, "launchpad", "postgres", "mail", "collector");
        sql(prefix, "CREATE TABLE mine AS SELECT '" + name + "' AS name; SELECT 1");
        send(prefix, name);
        System.out.println("ready " + prefix);
        System.in.read();
        String row = sql(prefix, "SELECT string_agg(name, ',') FROM mine");
        String mail = get(prefix, "05/api/v1/mailbox/everybody");
        String seen = get(prefix, "00/api/v1/workspace");
        boolean good = row.equals(name)
                && mail.split("\"subject\"", -1).length == 2
                && mail.contains("\"" + name + "\"")
                && seen.contains("\"summary\":\"3 services, and all answer.\"");
        System.out.println(good ? "good" : "bad: " + row + " " + mail + " " + seen);
    }

    private static String sql(int prefix, String text) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + prefix + "28/postgres";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement()) {
            boolean rows = statement.execute(text);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private static void send(int prefix, String subject) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", prefix * 100 + 29);
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            in.readLine();
            for (String line : List.of(
                    "HELO x",
                    "MAIL FROM:<a@b.example>",
                    "RCPT TO:<everybody@b.example>",
                    "DATA",
                    "Subject: " + subject + "\r\n\r\nHello\r\n.",
                    "QUIT")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                if (!in.readLine().matches("[23].*")) {
                    throw new IllegalStateException("SMTP refuses " + line);
                }
            }
        }
    }

    private static String get(int prefix, String rest) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + prefix + rest))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
