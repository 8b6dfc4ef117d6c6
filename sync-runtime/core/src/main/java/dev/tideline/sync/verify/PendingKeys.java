package dev.tideline.sync.verify;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Keys that are checked together, round by round, until each is known to have equal or different rows.
 *
 * <p>A round looks at the source, then at the target. A key is cleared when the target's row equals the source's. It is
 * convicted when the target's row differed between two looks at the source, and no change can have been in flight:
 *
 * <ul>
 *   <li>the row and its sequence id are the same in both looks, so no sequenced change came in between;
 *   <li>everything committed before the first look was sequenced by the second, so the row of the first look had no
 *       change without a sequence id;
 *   <li>the target's cursor had passed that id before the first look, so no batch in flight then, and no later one,
 *       carries this row;
 *   <li>both looks agree on the definition of the target's rows, and the rows have it: they are not being copied again.
 * </ul>
 */
final class PendingKeys {

    private final SideReader source;
    private final SideReader target;
    private final Flow flow;
    private final Map<RowKey, Seen> seen = new LinkedHashMap<>();
    private String mark;
    private String definition = "";
    private Flow.Position position;

    /**
     * @param passed whether the target's cursor had passed the key's sequence id before the look at the source
     */
    private record Seen(long sequenceId, boolean passed, RowSnapshot inSource, RowSnapshot inTarget) {}

    private record SourceRows(
            String mark, boolean sequenced, String definition, Map<RowKey, Long> ids, Map<RowKey, RowSnapshot> rows) {}

    private record TargetRows(Flow.Position position, Map<RowKey, RowSnapshot> rows) {}

    PendingKeys(SideReader source, SideReader target, Flow flow, Collection<RowKey> keys) {
        this.source = source;
        this.target = target;
        this.flow = flow;
        keys.forEach(key -> seen.put(key, null));
    }

    int size() {
        return seen.size();
    }

    /** The keys that are not decided yet. */
    Collection<RowKey> keys() {
        return seen.keySet();
    }

    /**
     * Looks once more at both sides.
     *
     * @param confirmed receives the rows in source and target (null for an absent one) of a key that really differs
     */
    void round(BiConsumer<RowKey, Map.Entry<RowSnapshot, RowSnapshot>> confirmed) {
        if (position == null) {
            position = target.read(connection -> flow.position(connection, false));
        }
        SourceRows now = source.read(connection -> new SourceRows(
                flow.mark(connection),
                mark != null && flow.sequencedUpTo(connection, mark),
                flow.definition(connection),
                flow.sequenceIds(connection, seen.keySet(), source.byText()),
                source.at(connection, seen.keySet())));
        if (now.sequenced() && now.definition().equals(definition)) {
            confirm(now, confirmed);
        }
        if (seen.isEmpty()) {
            return;
        }
        TargetRows found = target.read(
                connection -> new TargetRows(flow.position(connection, false), target.at(connection, seen.keySet())));
        clear(now, found);
        mark = now.mark();
        definition = now.definition();
        position = found.position();
    }

    /** Which of these keys belong to parked rows. */
    Set<RowKey> parked(Collection<RowKey> keys) {
        return source.read(connection -> flow.parked(connection, keys));
    }

    private void confirm(SourceRows now, BiConsumer<RowKey, Map.Entry<RowSnapshot, RowSnapshot>> confirmed) {
        for (Iterator<Map.Entry<RowKey, Seen>> all = seen.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<RowKey, Seen> one = all.next();
            RowKey key = one.getKey();
            Seen before = one.getValue();
            if (before.passed()
                    && before.sequenceId() == id(now, key)
                    && RowSnapshot.same(before.inSource(), now.rows().get(key))) {
                all.remove();
                confirmed.accept(key, new AbstractMap.SimpleEntry<>(before.inSource(), before.inTarget()));
            }
        }
    }

    private void clear(SourceRows now, TargetRows found) {
        Map<RowKey, Seen> next = new HashMap<>();
        for (RowKey key : seen.keySet()) {
            RowSnapshot inSource = now.rows().get(key);
            RowSnapshot inTarget = found.rows().get(key);
            if (!RowSnapshot.same(inSource, inTarget)) {
                long id = id(now, key);
                next.put(key, new Seen(id, position.passed(now.definition(), id), inSource, inTarget));
            }
        }
        seen.keySet().retainAll(next.keySet());
        seen.replaceAll((key, old) -> Objects.requireNonNull(next.get(key)));
    }

    private static long id(SourceRows rows, RowKey key) {
        return rows.ids().getOrDefault(key, Flow.NEVER_CHANGED);
    }
}
