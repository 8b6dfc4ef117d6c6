package dev.tideline.sync.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds a value's text in the file: a block below its key, or a literal text on a single line. */
final class TextPlace {

    private TextPlace() {}

    /** Empty for a text that the file contains in another form: folded, with escapes, or over several lines. */
    static Optional<Positions.Text> of(ScalarNode node, List<String> lines) {
        Optional<Mark> start = node.getStartMark();
        return start.isEmpty()
                ? Optional.empty()
                : node.getScalarStyle() == ScalarStyle.LITERAL
                        ? ofBlock(node.getValue(), start.get().getLine() + 1, lines)
                        : ofLine(node, start.get(), lines);
    }

    private static Optional<Positions.Text> ofBlock(String value, int first, List<String> lines) {
        List<String> text = value.lines().toList();
        for (int i = 0; i < text.size() && first + i < lines.size(); i++) {
            String raw = lines.get(first + i);
            if (!text.get(i).isBlank()) {
                int indent = raw.length() - text.get(i).length();
                return raw.endsWith(text.get(i))
                        ? Optional.of(new Positions.Text(new Positions.Mark(first + 1, indent + 1), indent))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Positions.Text> ofLine(ScalarNode node, Mark start, List<String> lines) {
        if (start.getLine() >= lines.size()) {
            return Optional.empty();
        }
        String raw = lines.get(start.getLine());
        int column = start.getColumn() + (node.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1);
        return column <= raw.codePointCount(0, raw.length())
                        && raw.startsWith(node.getValue(), raw.offsetByCodePoints(0, column))
                ? Optional.of(new Positions.Text(new Positions.Mark(start.getLine() + 1, column + 1), 0))
                : Optional.empty();
    }
}
