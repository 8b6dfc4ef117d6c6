package dev.tideline.demo;

import dev.tideline.e2e.ServerAddress;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;

/**
 * What the demo is told.
 *
 * @param source server of the source
 * @param external server of the external databases
 * @param seconds how long changes are made; 1 to 3600, default 8
 * @param rate transactions a second; 1 to 100,000, default 200
 * @param users of each tenant at the beginning; 1 to 1,000,000, default 5000
 * @param seed decides what the writer does; default a random one, which is printed
 * @param keep whether everything stays up until Ctrl-C
 * @param interactive whether somebody watches
 * @param folder for the configuration file
 */
public record DemoSettings(
        ServerAddress source,
        ServerAddress external,
        int seconds,
        int rate,
        int users,
        long seed,
        boolean keep,
        boolean interactive,
        Path folder) {

    /**
     * From properties {@code demo.*}; those that Maven left unfilled count as absent.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    static DemoSettings of(Properties properties, boolean terminal) {
        return new DemoSettings(
                ServerAddress.of(required(properties, "demo.source")),
                ServerAddress.of(required(properties, "demo.external")),
                number(properties, "demo.seconds", 8, 3600),
                number(properties, "demo.rate", 200, 100_000),
                number(properties, "demo.users", 5000, 1_000_000),
                seed(properties),
                Boolean.parseBoolean(text(properties, "demo.keep", "false")),
                terminal && !text(properties, "demo.interactive", "true").equals("false"),
                Path.of(required(properties, "demo.folder")));
    }

    private static long seed(Properties properties) {
        String text = text(properties, "demo.seed", Long.toString(new Random().nextInt(1_000_000)));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("demo.seed is '" + text + "'. Give a whole number.", e);
        }
    }

    private static int number(Properties properties, String name, int usual, int most) {
        String text = text(properties, name, Integer.toString(usual));
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
