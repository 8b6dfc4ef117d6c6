package dev.tideline.sync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up {@code java.util.logging}, which receives the logs of SLF4J, the driver and OpenTelemetry. */
final class Logging {

    /** Loggers whose details nobody looks for here: protocol messages, and classes of the JDK. */
    private static final List<String> TALKATIVE =
            List.of("org.postgresql", "okhttp3", "io.opentelemetry", "java", "javax", "jdk", "sun");

    /**
     * The loggers whose levels were set. Without a reference, a logger is garbage-collected together with its level.
     */
    private static final List<Logger> KEPT = new ArrayList<>();

    private Logging() {}

    /**
     * Sets our loggers to this level, and those of libraries to {@code warn} unless the level is more detailed than
     * {@code info}.
     */
    static void to(CommonOptions.LogLevel level, CommonOptions.LogFormat format) {
        Level ours = of(level);
        boolean detailed = level.compareTo(CommonOptions.LogLevel.INFO) > 0;
        boolean quiet = level == CommonOptions.LogLevel.ERROR;
        LogManager.getLogManager().reset();
        Handler handler = new StandardError(format == CommonOptions.LogFormat.JSON ? new JsonLines() : new TextLines());
        Logger.getLogger("").addHandler(handler);
        set("", detailed || quiet ? ours : Level.WARNING);
        set("dev.tideline", ours);
        TALKATIVE.forEach(name -> set(name, quiet ? ours : Level.WARNING));
        if (!detailed) {
            set(
                    "com.zaxxer.hikari",
                    Level.SEVERE); // it warns of each session that it gives up, which we report ourselves
        }
    }

    private static void set(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        KEPT.add(logger);
    }

    private static Level of(CommonOptions.LogLevel level) {
        return switch (level) {
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.ALL;
        };
    }

    /** SLF4J's name of a level. */
    static String name(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        } else if (value >= Level.WARNING.intValue()) {
            return "WARN";
        } else if (value >= Level.INFO.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** Writes each record at once, to whatever standard error is then. */
    private static final class StandardError extends Handler {

        StandardError(Formatter formatter) {
            setFormatter(formatter);
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord entry) {
            System.err.print(getFormatter().format(entry));
        }

        @Override
        public void flush() {
            System.err.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
