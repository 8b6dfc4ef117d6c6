package dev.tideline.sync.cli;

import dev.tideline.sync.config.DurationText;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.request.AlertTrial;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "alerts",
        description = "Tests whether the receivers of alerts can be reached.",
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "test",
        subcommands = AlertsCommand.Trial.class)
final class AlertsCommand extends CommandGroup {

    @Command(
            name = "test",
            description = "Calls every receiver of alerts once, with an alert of kind \"test\".",
            usageHelpAutoWidth = true,
            footer = "%nExit code 1: at least one receiver did not accept it.")
    static final class Trial extends TidelineCommand {

        @Override
        int run(SyncConfig config) {
            List<AlertTrial.Answer> answers = AlertTrial.run(config);
            if (answers.isEmpty()) {
                out().println("No alert is configured. Add one: alerts: [ { url: https://…, secret: … } ]");
            }
            answers.forEach(answer -> out().println(line(answer)));
            return answers.stream().allMatch(answer -> answer.outcome().delivered()) ? DONE : FAILED;
        }

        private static String line(AlertTrial.Answer answer) {
            String text = answer.host() + ": "
                    + answer.outcome()
                            .error()
                            .orElseGet(() -> "answered "
                                    + answer.outcome().status().orElseThrow() + " in "
                                    + DurationText.seconds(answer.outcome().took()));
            return new Problem(Optional.empty(), 0, 0, "", text, "").what();
        }
    }
}
