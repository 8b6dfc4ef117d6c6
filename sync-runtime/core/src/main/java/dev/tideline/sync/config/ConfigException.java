package dev.tideline.sync.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used, with everything that is wrong with it. Its message holds one line per problem, in
 * the order of the file, and never a secret.
 */
public class ConfigException extends RuntimeException {

    private final transient List<Problem> problems;

    /** With at least one problem. */
    public ConfigException(List<Problem> problems) {
        this(problems, null);
    }

    /** With at least one problem and what led to it. */
    public ConfigException(List<Problem> problems, Throwable cause) {
        super(text(problems), cause);
        this.problems = inOrder(problems);
    }

    /** With a single problem. */
    public ConfigException(Problem problem) {
        this(List.of(problem), null);
    }

    /** Everything that is wrong, in the order of the file; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    private static List<Problem> inOrder(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ConfigException without a problem");
        }
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private static String text(List<Problem> problems) {
        return inOrder(problems).stream().map(Problem::message).collect(Collectors.joining("\n"));
    }
}
