package dev.tideline.sync.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes {@code docs/cli.md} from the commands. */
final class CommandsPage {

    private static final String HEAD = """
            # Commands

            Generated from the code; a test compares this page with it. `tideline` stands for
            `java -jar sync-runtime-cli-<version>.jar`; `tideline help COMMAND` prints the same in a terminal.

            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private CommandsPage() {}

    static String of(CommandLine root) {
        CommandsPage commands = new CommandsPage();
        CommandSpec check = root.getSubcommands().get("check").getCommandSpec();
        commands.exitCodes(root);
        commands.page.append("\n## Options of every command\n\n");
        commands.options(common(check).stream().toList());
        root.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                commands.command("##", command);
            }
        });
        return commands.page.toString();
    }

    private void exitCodes(CommandLine root) {
        page.append("| exit code | meaning |\n|---|---|\n");
        root.getCommandSpec().usageMessage().exitCodeList().forEach((code, meaning) -> row(code, meaning));
    }

    private void command(String heading, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        page.append('\n')
                .append(heading)
                .append(" tideline ")
                .append(name(spec))
                .append("\n\n");
        page.append(text(spec.usageMessage().description())).append('\n');
        page.append("\n```\n")
                .append(new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                        .synopsis(0)
                        .strip()
                        .replaceAll("\\s+", " "))
                .append("\n```\n");
        Set<OptionSpec> own = new LinkedHashSet<>(spec.options());
        own.removeAll(common(spec));
        if (command.getSubcommands().isEmpty()
                && !(own.isEmpty() && spec.positionalParameters().isEmpty())) {
            page.append('\n');
            parametersAndOptions(spec.positionalParameters(), own.stream().toList());
        }
        String footer = text(spec.usageMessage().footer());
        if (!footer.isEmpty()) {
            page.append('\n').append(footer).append('\n');
        }
        command.getSubcommands().values().forEach(below -> command(heading + "#", below));
    }

    private void options(List<OptionSpec> options) {
        parametersAndOptions(List.of(), options);
    }

    private void parametersAndOptions(List<PositionalParamSpec> parameters, List<OptionSpec> options) {
        page.append("| option | meaning |\n|---|---|\n");
        parameters.forEach(parameter -> row("`" + parameter.paramLabel() + "`", text(parameter.description())));
        options.forEach(option -> row(
                Arrays.stream(option.names())
                        .map(name -> "`" + name + (option.arity().max() == 0 ? "" : " " + option.paramLabel()) + "`")
                        .collect(Collectors.joining(", ")),
                text(option.description()).replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))));
    }

    private void row(String first, String second) {
        page.append("| ").append(first).append(" | ").append(second).append(" |\n");
    }

    /** Those that every command has from its mixin. */
    private static List<OptionSpec> common(CommandSpec spec) {
        return spec.mixins().values().stream()
                .flatMap(mixin -> mixin.options().stream())
                .flatMap(option -> spec.options().stream().filter(own -> own.equals(option)))
                .toList();
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName().substring("tideline ".length());
    }

    private static String text(String[] lines) {
        return String.join(" ", lines)
                .replace("%n", " ")
                .replaceAll("\\s+", " ")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .strip();
    }
}
