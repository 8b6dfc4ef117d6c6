package dev.tideline.sync.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command. */
final class CommonOptions {

    /** How much is logged to standard error. */
    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** The format of log entries. */
    enum LogFormat {
        TEXT,
        JSON
    }

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "tideline.yaml",
            description = "The configuration; default: ${DEFAULT-VALUE} in this directory.")
    private Path config;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info, debug or trace; default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:TIDELINE_LOG_FORMAT:-text}",
            description = "text or json, a line for each entry; default: $TIDELINE_LOG_FORMAT, or text.")
    private LogFormat logFormat;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show where in the program an error arose.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    Path config() {
        return config;
    }

    LogLevel logLevel() {
        return logLevel;
    }

    LogFormat logFormat() {
        return logFormat;
    }

    boolean verbose() {
        return verbose;
    }
}
