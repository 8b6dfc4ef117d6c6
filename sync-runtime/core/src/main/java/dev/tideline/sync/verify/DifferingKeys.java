package dev.tideline.sync.verify;

import java.util.HashMap;
import java.util.Map;

/**
 * Merges both sides' rows and finds the keys whose rows differ. Holds the rows of one hash at a time, which is one key
 * unless hashes collide.
 */
final class DifferingKeys {

    private DifferingKeys() {}

    /** Receives a suspected key. */
    @FunctionalInterface
    interface Sink {
        void accept(RowKey key) throws InterruptedException;
    }

    /** The number of rows that a key has on each side, and the sums of their hashes. */
    private static final class Rows {
        private long inSource;
        private long inTarget;
        private long sourceHash;
        private long targetHash;
    }

    static void find(SortedRows source, SortedRows target, Sink sink) throws InterruptedException {
        while (source.present() || target.present()) {
            if (skipEqual(source, target)) {
                continue;
            }
            long hash = !target.present() || source.present() && source.keyHash() <= target.keyHash()
                    ? source.keyHash()
                    : target.keyHash();
            Map<RowKey, Rows> rows = new HashMap<>();
            for (; source.present() && source.keyHash() == hash; source.advance()) {
                Rows of = rows.computeIfAbsent(source.key(), key -> new Rows());
                of.inSource++;
                of.sourceHash += source.rowHash();
            }
            for (; target.present() && target.keyHash() == hash; target.advance()) {
                Rows of = rows.computeIfAbsent(target.key(), key -> new Rows());
                of.inTarget++;
                of.targetHash += target.rowHash();
            }
            for (Map.Entry<RowKey, Rows> of : rows.entrySet()) {
                Rows count = of.getValue();
                if (count.inSource != count.inTarget || count.sourceHash != count.targetHash) {
                    sink.accept(of.getKey());
                }
            }
        }
    }

    /** Skips a pair of equal rows without reading their keys: the common case. */
    private static boolean skipEqual(SortedRows source, SortedRows target) {
        if (source.present()
                && target.present()
                && source.keyHash() == target.keyHash()
                && source.rowHash() == target.rowHash()) {
            source.advance();
            target.advance();
            return true;
        }
        return false;
    }
}
