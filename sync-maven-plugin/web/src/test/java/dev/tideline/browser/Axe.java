package dev.tideline.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** axe-core, which looks for what keeps people out of a page. */
public final class Axe {

    /** The script, to be evaluated in a page first. */
    public static final String SCRIPT = read();

    /** An expression: a promise of what it found, a line each. */
    public static final String FINDINGS = """
            axe.run(document).then(result => result.violations.flatMap(found =>
              found.nodes.map(node => found.id + ': ' + node.target + ' ' + node.failureSummary)).join('\\n'))
            """;

    private Axe() {}

    private static String read() {
        try (InputStream in = Axe.class.getResourceAsStream("axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
