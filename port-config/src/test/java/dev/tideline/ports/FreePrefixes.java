package dev.tideline.ports;

import java.nio.file.Path;
import java.util.List;

/** Prefixes whose blocks are free on this machine at this moment. */
final class FreePrefixes {
    private FreePrefixes() {}

    /** The seed spreads the choice, so that tests that run at the same time do not meet. */
    static List<Integer> some(int count, Path seed) {
        PortProbe probe = new PortProbe();
        return PrefixCandidates.standard(EphemeralRange.current()).inOrderFor(seed).stream()
                .filter(probe::isBlockFree)
                .limit(count)
                .toList();
    }
}
