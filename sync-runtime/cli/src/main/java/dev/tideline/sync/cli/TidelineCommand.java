package dev.tideline.sync.cli;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands have in common: the configuration, the options, and where output goes. */
abstract class TidelineCommand implements Callable<Integer> {

    /** Done. */
    static final int DONE = 0;
    /** The work failed. */
    static final int FAILED = 1;
    /** Bad usage or configuration. */
    static final int BAD_USAGE = 2;
    /** {@code verify} found differences. */
    static final int DIFFERENT = 3;

    @Mixin
    private CommonOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        Logging.to(options.logLevel(), options.logFormat());
        return run(SyncConfigLoader.load(options.config()));
    }

    /** Does the work and gives the exit code. What is thrown is printed and becomes one. */
    abstract int run(SyncConfig config) throws Exception;

    /** Says what is wrong with a configuration in a way of its own, if it has one; else it is printed, a line each. */
    boolean tells(ConfigException e) {
        return false;
    }

    /** Prints what is no error, a line each. */
    final void warn(List<Problem> warnings) {
        warnings.forEach(warning -> err().println("warning: " + warning.message()));
    }

    /** For what was asked for. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** For warnings and everything else that a person should read. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final CommonOptions options() {
        return options;
    }
}
