package dev.tideline.sync.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. New commands are listed here. */
@Command(
        name = "tideline",
        description = "Keeps customers' Postgres databases in step with yours.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the work failed", "2:bad usage or configuration", "3:verify found differences"},
        subcommands = {
            CheckCommand.class,
            InstallCommand.class,
            UninstallCommand.class,
            RunCommand.class,
            TenantCommand.Sync.class,
            TenantCommand.Resync.class,
            StatusCommand.class,
            VerifyCommand.class,
            ParkCommand.class,
            RequestsCommand.class,
            AlertsCommand.class,
            FuseCommand.Pause.class,
            FuseCommand.Resume.class,
            SequenceCommand.class,
            PollCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Tideline implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Charset terminal = Charset.defaultCharset();
        System.exit(run(
                new PrintWriter(new java.io.OutputStreamWriter(System.out, terminal), true),
                new PrintWriter(new java.io.OutputStreamWriter(System.err, terminal), true),
                arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Tideline());
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setParameterExceptionHandler(Failures::badUsage);
        commandLine.setExecutionExceptionHandler(Failures::failed);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        int code = commandLine.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
