package dev.tideline.sync.mapping;

import dev.tideline.sync.config.Positions;
import dev.tideline.sync.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** The problems found while checking one configuration against the source. Not thread-safe. */
final class Findings {

    private final Positions positions;
    private final List<Problem> problems = new ArrayList<>();

    Findings(Positions positions) {
        this.positions = positions;
    }

    void add(String path, String what, String hint) {
        problems.add(positions.problem(path, what, hint));
    }

    /**
     * @param line within the value's text, from 1
     * @param column of that line
     */
    void addInText(String path, int line, int column, String what, String hint) {
        problems.add(positions.problemInText(path, line, column, what, hint));
    }

    boolean none() {
        return problems.isEmpty();
    }

    int count() {
        return problems.size();
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }
}
