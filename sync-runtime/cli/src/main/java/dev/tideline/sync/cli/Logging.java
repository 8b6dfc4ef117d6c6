package dev.tideline.sync.cli;

import java.util.Locale;

/** Sets up slf4j-simple, which only the command line's jar has. It reads its settings when the first logger is made. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Ours at this level, those of libraries at {@code warn} unless more than {@code info} is asked for. */
    static void to(CommonOptions.LogLevel level) {
        String ours = level.name().toLowerCase(Locale.ROOT);
        boolean detailed = level.compareTo(CommonOptions.LogLevel.INFO) > 0;
        boolean quiet = level == CommonOptions.LogLevel.ERROR;
        set("defaultLogLevel", detailed || quiet ? ours : "warn");
        set("log.dev.tideline", ours);
        if (!detailed) {
            set("log.com.zaxxer.hikari", "error"); // each session that it gives up, which we say ourselves
        }
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        set("showShortLogName", "true");
        set("logFile", "System.err");
    }

    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
