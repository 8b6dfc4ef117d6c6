package dev.tideline.ports;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The order in which prefixes are tried for a workspace: the best group first, and in each group starting at the hash
 * of the workspace's path, so that a workspace whose registry entry is lost most likely gets the same prefix again.
 */
final class PrefixCandidates {
    /** Port 6000 is X11's; browsers refuse to open it, and it would be the launchpad's. */
    private static final int REFUSED_BY_BROWSERS = 60;

    private static final int FIRST_WITH_FIVE_DIGITS = 100;

    private final List<List<Integer>> groups;

    private PrefixCandidates(List<List<Integer>> groups) {
        this.groups = groups;
    }

    /**
     * All prefixes except the default, which is for those who ask for no other. First those outside the ephemeral range
     * with five-digit ports, since people start many programs on four-digit ports by hand (3000, 5432, 8080); then
     * those with four digits; the ephemeral ones as a last resort.
     */
    static PrefixCandidates standard(EphemeralRange ephemeral) {
        IntPredicate usable = prefix -> prefix != PortPrefix.DEFAULT && prefix != REFUSED_BY_BROWSERS;
        IntPredicate quiet = prefix -> !ephemeral.meets(prefix);
        IntPredicate five = prefix -> prefix >= FIRST_WITH_FIVE_DIGITS;
        return new PrefixCandidates(List.of(
                prefixes(usable.and(quiet).and(five)),
                prefixes(usable.and(quiet).and(five.negate())),
                prefixes(usable.and(quiet.negate()))));
    }

    static PrefixCandidates only(List<Integer> prefixes) {
        return new PrefixCandidates(List.of(List.copyOf(prefixes)));
    }

    List<Integer> inOrderFor(Path workspace) {
        CRC32 hash = new CRC32();
        hash.update(workspace.toString().getBytes(StandardCharsets.UTF_8));
        List<Integer> order = new ArrayList<>();
        for (List<Integer> group : groups) {
            if (!group.isEmpty()) {
                int start = (int) (hash.getValue() % group.size());
                order.addAll(group.subList(start, group.size()));
                order.addAll(group.subList(0, start));
            }
        }
        return order;
    }

    private static List<Integer> prefixes(IntPredicate which) {
        return IntStream.rangeClosed(PortPrefix.MIN, PortPrefix.MAX)
                .filter(which)
                .boxed()
                .toList();
    }
}
