package dev.tideline.directory.writer;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Names and addresses, some of them of the kind that breaks careless quoting. */
final class Names {

    private static final List<String> FIRST = List.of(
            "Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Zoë", "Søren", "Łukasz", "Nguyễn", "مريم", "דוד",
            "Björk", "小林", "Radia", "Lynn");

    private static final List<String> LAST = List.of(
            "Lovelace",
            "Hopper",
            "O'Neill",
            "Dijkstra",
            "\"Bits\" Liskov",
            "Knuth",
            "back\\slash",
            "von der Heide",
            "Ünal",
            "🌊",
            "Conway",
            "tab\there",
            "NULL",
            "Perlman");

    private Names() {}

    /** @param unique makes it differ from every other */
    static String person(Random random, long unique) {
        return FIRST.get(random.nextInt(FIRST.size())) + " " + LAST.get(random.nextInt(LAST.size())) + " " + unique;
    }

    static String email(String tenant, Random random, long unique) {
        return String.format(Locale.ROOT, "%s%d@%s.example", "abcdefgh".charAt(random.nextInt(8)), unique, tenant);
    }
}
