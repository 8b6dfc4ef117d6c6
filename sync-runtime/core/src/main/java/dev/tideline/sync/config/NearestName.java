package dev.tideline.sync.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name closest to an unknown one. */
public final class NearestName {

    /** How many names are listed when none is near. */
    private static final int LISTED = 20;

    private NearestName() {}

    /**
     * The candidate nearest to what was written: one that differs in case only, else the one with the fewest edits
     * (insertions, deletions, replacements, neighbours swapped), if they are at most a third of the letters.
     */
    public static Optional<String> of(String written, Collection<String> candidates) {
        Optional<String> sameLetters = candidates.stream()
                .filter(candidate -> candidate.equalsIgnoreCase(written))
                .sorted()
                .findFirst();
        if (sameLetters.isPresent()) {
            return sameLetters;
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, Math.min(written.length() / 3, 6));
        record Distance(String name, int edits) {}
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - written.length()) <= allowed)
                .map(candidate -> new Distance(candidate, edits(lower, candidate.toLowerCase(Locale.ROOT))))
                .filter(distance -> distance.edits() <= allowed)
                .min(Comparator.comparingInt(Distance::edits).thenComparing(Distance::name))
                .map(Distance::name);
    }

    /** {@code Did you mean "table"?}, or the fallback when nothing is near. */
    public static String hint(String written, Collection<String> candidates, String otherwise) {
        return of(written, candidates)
                .map(name -> "Did you mean \"" + name + "\"?"
                        + (name.equalsIgnoreCase(written) ? " Names are case-sensitive." : ""))
                .orElse(otherwise);
    }

    /** The same, and lists the candidates when none is near. */
    public static String hint(String written, Collection<String> candidates) {
        return hint(written, candidates, list(candidates));
    }

    /** {@code There is a.}, or {@code There are a, b and c.}, at most {@value #LISTED} of them by name. */
    public static String list(Collection<String> names) {
        List<String> listed = new ArrayList<>(names).subList(0, Math.min(LISTED, names.size()));
        int more = names.size() - listed.size();
        String last = more > 0 ? more + " more" : listed.isEmpty() ? "none" : listed.remove(listed.size() - 1);
        return listed.isEmpty()
                ? "There is " + last + "."
                : "There are " + String.join(", ", listed) + " and " + last + ".";
    }

    /** Damerau-Levenshtein in its restricted form: no substring is edited twice. */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
