package dev.tideline.devservices;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearestName {

    private NearestName() {}

    /** A shorter text may begin or end a name by chance. */
    private static final int LETTERS_OF_A_PART = 4;

    /**
     * The known name that is nearest, if at most a third of its letters are wrong, missing, too many or swapped with
     * their neighbour. If there is none, a name that begins or ends with the text, or the other way round: {@code
     * prefix} is near {@code portPrefix}.
     */
    public static Optional<String> of(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
                .or(() -> known.stream()
                        .filter(name -> isPart(lower, name.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    private static boolean isPart(String a, String b) {
        String part = a.length() < b.length() ? a : b;
        String whole = a.length() < b.length() ? b : a;
        return part.length() >= LETTERS_OF_A_PART && (whole.startsWith(part) || whole.endsWith(part));
    }

    /** The nearest name as a question: {@code " Did you mean postgres?"} with a leading blank, or nothing. */
    public static String question(String written, Collection<String> known) {
        return of(written, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
