package dev.tideline.sync.cli;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.SourceUnavailableException;
import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.sql.SqlState;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions of a command into lines on standard error and an exit code. */
final class Failures {

    private Failures() {}

    /** Reports what is wrong with the arguments, and where the help is. */
    static int badUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return TidelineCommand.BAD_USAGE;
    }

    /** Reports an error with its causes, and with a stack trace only on request. */
    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Optional<TidelineCommand> ours = Optional.of(command.getCommand())
                .filter(TidelineCommand.class::isInstance)
                .map(TidelineCommand.class::cast);
        if (e instanceof ConfigException config) {
            if (!ours.map(c -> c.tells(config)).orElse(false)) {
                config.problems().forEach(problem -> err.println(problem.message()));
            }
        } else {
            messages(e).forEach(err::println);
            if (e instanceof SQLException denied && SqlState.INSUFFICIENT_PRIVILEGE.is(denied)) {
                err.println(
                        "  The source refused this to the role in source.url. Use the role that ran \"install\", or make"
                                + " this one a member of it.");
            }
        }
        boolean verbose = ours.map(c -> c.options().verbose()).orElse(false);
        if (verbose) {
            e.printStackTrace(err);
        }
        return e instanceof ConfigException && !(e instanceof SourceUnavailableException)
                        || e instanceof NotInstalledException
                        || e instanceof Telemetry.BadVariablesException
                ? TidelineCommand.BAD_USAGE
                : TidelineCommand.FAILED;
    }

    /** Each cause on its own line, unless it only repeats the previous one. */
    private static List<String> messages(Throwable e) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = e; cause != null && messages.size() < 10; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (messages.stream().noneMatch(said -> said.contains(message))) {
                messages.add(messages.isEmpty() ? message : "  because: " + message);
            }
        }
        return messages;
    }
}
