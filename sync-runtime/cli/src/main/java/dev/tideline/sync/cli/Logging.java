package dev.tideline.sync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up {@code java.util.logging}, into which SLF4J leads here, as do the driver and OpenTelemetry by themselves. */
final class Logging {

    /** They log by themselves, and in detail what nobody looks for here: messages of a protocol, classes of the JDK. */
    private static final List<String> TALKATIVE =
            List.of("org.postgresql", "okhttp3", "io.opentelemetry", "java", "javax", "jdk", "sun");

    /** Those whose levels were set: what nobody holds is forgotten, with its level. */
    private static final List<Logger> KEPT = new ArrayList<>();

    private Logging() {}

    /** Ours at this level, those of libraries at {@code warn} unless more than {@code info} is asked for. */
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
            set("com.zaxxer.hikari", Level.SEVERE); // each session that it gives up, which we say ourselves
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

    /** What SLF4J calls a level. */
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

    /** Writes each record at once; standard error is whatever it is then. */
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
