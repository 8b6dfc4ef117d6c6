package dev.tideline.demo;

import dev.tideline.e2e.ServerAddress;
import dev.tideline.testkit.MailServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the demo is told.
 *
 * @param source server of Directory's database
 * @param external server of the external databases
 * @param mail where Directory sends mail, and people read it
 * @param directoryPort where Directory listens
 * @param adminPort where the dashboard listens
 * @param traces the collector's page
 * @param otlp the collector, for spans; empty to send none
 * @param seconds how long people sign up; 1 to 3600, default 8
 * @param users of each tenant at the beginning; 1 to 10,000, default 200
 * @param keep whether everything stays up until Ctrl-C
 * @param interactive whether somebody watches
 * @param folder for the configuration file
 */
public record DemoSettings(
        ServerAddress source,
        ServerAddress external,
        MailServer mail,
        int directoryPort,
        int adminPort,
        URI traces,
        Optional<String> otlp,
        int seconds,
        int users,
        boolean keep,
        boolean interactive,
        Path folder) {

    /**
     * From properties {@code demo.*}; those that Maven left empty count as missing.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    static DemoSettings of(Properties properties, boolean terminal) {
        return new DemoSettings(
                ServerAddress.of(required(properties, "demo.source")),
                ServerAddress.of(required(properties, "demo.external")),
                new MailServer(
                        URI.create(required(properties, "demo.mailbox")),
                        "127.0.0.1",
                        port(properties, "demo.smtp.port")),
                port(properties, "demo.directory.port"),
                port(properties, "demo.admin.port"),
                URI.create(required(properties, "demo.traces")),
                Optional.of(text(properties, "demo.otlp", "")).filter(url -> !url.isEmpty()),
                number("demo.seconds", text(properties, "demo.seconds", "8"), 3600),
                number("demo.users", text(properties, "demo.users", "200"), 10_000),
                Boolean.parseBoolean(text(properties, "demo.keep", "false")),
                terminal && !text(properties, "demo.interactive", "true").equals("false"),
                Path.of(required(properties, "demo.folder")));
    }

    private static int port(Properties properties, String name) {
        return number(name, required(properties, name), 65_535);
    }

    private static int number(String name, String text, int most) {
        if (!text.matches("[1-9][0-9]{0,6}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    name + " is '" + text + "'. Give a whole number from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }

    private static String required(Properties properties, String name) {
        String text = text(properties, name, "");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set. Start the demo with: mvn -Pdemo verify");
        }
        return text;
    }

    private static String text(Properties properties, String name, String usual) {
        String text = properties.getProperty(name, "").strip();
        return text.isEmpty() || text.startsWith("${") ? usual : text;
    }
}
