package dev.tideline.collector.query;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The similarity of two texts, by the pairs of letters they share (Dice's coefficient): cheap, and tolerant of swapped
 * words.
 */
final class Likeness {

    private static final int LONGEST = 200;

    private Likeness() {}

    /** From 0, nothing in common, to just under 1, as the texts are known to differ. */
    static double of(String wanted, String found) {
        Set<Integer> first = pairs(wanted);
        Set<Integer> second = pairs(found);
        int total = first.size() + second.size();
        if (total == 0) {
            return 0;
        }
        first.retainAll(second);
        return 1.9 * first.size() / total;
    }

    private static Set<Integer> pairs(String text) {
        String lower = text.substring(0, Math.min(LONGEST, text.length())).toLowerCase(Locale.ROOT);
        Set<Integer> pairs = new HashSet<>();
        for (int i = 1; i < lower.length(); i++) {
            pairs.add(lower.charAt(i - 1) << 16 | lower.charAt(i));
        }
        return pairs;
    }
}
