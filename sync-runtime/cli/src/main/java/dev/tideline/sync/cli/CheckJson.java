package dev.tideline.sync.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.Problem;
import java.util.List;

/** The output of {@code check --json}. */
final class CheckJson {

    private static final JsonMapper JSON = new JsonMapper();

    private CheckJson() {}

    /** For a configuration that fits. */
    static String of(ConfigurationWarnings warnings) {
        ObjectNode document = JSON.createObjectNode();
        document.putArray("problems");
        fill(document.putArray("warnings"), warnings.all());
        ArrayNode targets = document.putArray("targets");
        warnings.targets()
                .forEach((target, problems) -> fill(
                        targets.addObject()
                                .put("tenant", target.tenant())
                                .put("name", target.name())
                                .put("address", target.address())
                                .put("ok", problems.isEmpty())
                                .putArray("warnings"),
                        problems));
        return document.toPrettyString();
    }

    /** For a configuration with errors. */
    static String of(ConfigException e) {
        ObjectNode document = JSON.createObjectNode();
        fill(document.putArray("problems"), e.problems());
        document.putArray("warnings");
        document.putArray("targets");
        return document.toPrettyString();
    }

    private static void fill(ArrayNode array, List<Problem> problems) {
        for (Problem problem : problems) {
            array.addObject()
                    .put("file", problem.file().orElse(null))
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("path", problem.path())
                    .put("what", problem.what())
                    .put("hint", problem.hint());
        }
    }
}
