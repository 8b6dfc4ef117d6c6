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

/** The base of all commands: the configuration, the options, and the output. */
abstract class TidelineCommand implements Callable<Integer> {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;
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

    /** Does the work and returns the exit code. Exceptions are printed and become an exit code. */
    abstract int run(SyncConfig config) throws Exception;

    /** Lets a command report configuration errors in its own format; otherwise they are printed, one per line. */
    boolean tells(ConfigException e) {
        return false;
    }

    /** Prints warnings, one per line. */
    final void warn(List<Problem> warnings) {
        warnings.forEach(warning -> err().println("warning: " + warning.message()));
    }

    /** For results. */
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
