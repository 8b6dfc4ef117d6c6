package dev.tideline.sync.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a file into YAML nodes that know their positions. Nothing is ever constructed from a tag. */
final class YamlText {

    /** Enough for some 50,000 listed external databases. */
    static final int LARGEST_FILE = 16 * 1024 * 1024;

    private static final int DEEPEST = 30;
    private static final int MOST_ALIASES = 50;

    private final String name;

    private YamlText(String name) {
        this.name = name;
    }

    /**
     * @param root of the file's only document
     * @param lines of the file, without their ends
     */
    record Document(Node root, List<String> lines) {}

    static Document read(Path file) {
        YamlText reader = new YamlText(file.toString());
        String text = reader.decode(reader.bytes(file));
        return new Document(reader.compose(text), text.lines().toList());
    }

    private byte[] bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw wrong("this is a directory", "Name the file itself: --config " + file.resolve("tideline.yaml"));
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw wrong(
                        "the file is larger than 16 MiB",
                        "List the external databases in a table of the source: external_databases.table.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw wrong(
                    "there is no such file",
                    "Write one (docs/configuration.md has a complete example), or name another with --config.");
        } catch (IOException e) {
            throw wrong("the file cannot be read", "Make it readable for the user who runs Tideline.", e);
        }
    }

    private String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw wrong("the file is not UTF-8", "Save it as UTF-8.", e);
        }
    }

    private Node compose(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(LARGEST_FILE)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowRecursiveKeys(false)
                // The sections report them with their positions.
                .setAllowNonScalarKeys(true)
                .build();
        try {
            checkDepth(new Parse(settings).parseString(text));
            return new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() ->
                            wrong("the file is empty", "docs/configuration.md has a complete example to start from."));
        } catch (MarkedYamlEngineException e) {
            throw open(e).orElseGet(() -> at(e.getProblemMark(), what(e), "Correct the YAML here."));
        } catch (YamlEngineException e) {
            throw wrong("this is not valid YAML: " + firstLine(e.getMessage()), "Mend the YAML.");
        }
    }

    /** An unclosed bracket or quote is reported where it begins, not where the parser gave up. */
    private Optional<ConfigException> open(MarkedYamlEngineException e) {
        String context = firstLine(e.getContext());
        String what = context.equals("while parsing a flow sequence")
                ? "the list that begins here with [ is not closed"
                : context.equals("while parsing a flow mapping")
                        ? "the mapping that begins here with { is not closed"
                        : context.equals("while scanning a quoted scalar")
                                ? "the text that begins here with a quote is not closed"
                                : "";
        return what.isEmpty() || e.getContextMark().isEmpty()
                ? Optional.empty()
                : Optional.of(at(
                        e.getContextMark(),
                        "bad YAML: " + what
                                + e.getProblemMark()
                                        .map(mark -> " before line " + (mark.getLine() + 1) + ", column "
                                                + (mark.getColumn() + 1))
                                        .orElse(""),
                        "Close it, or correct the text there."));
    }

    /** Composing is recursive, so a file of brackets alone would overflow the stack; parsing is not. */
    private void checkDepth(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw at(event.getStartMark(), "this is nested deeper than " + DEEPEST + " levels", "");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    /** The parser's message without what it quotes from the file: a password may begin with {@code *}. */
    private static String what(MarkedYamlEngineException e) {
        String problem = firstLine(e.getProblem());
        if (problem.startsWith("found undefined alias")) {
            return "bad YAML: a value that begins with * refers to an anchor that does not exist; quote it";
        }
        if (problem.startsWith("found undefined tag handle")) {
            return "bad YAML: a value that begins with ! is a tag, and tags are not supported; quote it";
        }
        return "bad YAML: " + problem;
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    private ConfigException at(Optional<Mark> mark, String what, String hint) {
        return new ConfigException(new Problem(
                Optional.of(name),
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                "",
                what,
                hint));
    }

    private ConfigException wrong(String what, String hint) {
        return wrong(what, hint, null);
    }

    private ConfigException wrong(String what, String hint, Throwable cause) {
        return new ConfigException(List.of(new Problem(Optional.of(name), 0, 0, "", what, hint)), cause);
    }
}
