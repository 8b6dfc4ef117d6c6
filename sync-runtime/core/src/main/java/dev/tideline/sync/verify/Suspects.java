package dev.tideline.sync.verify;

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
final class Suspects {

    private final SideLook source;
    private final SideLook target;
    private final Flow flow;
    private final Map<RowKey, Seen> seen = new LinkedHashMap<>();
    private String mark;
    private String definition = "";
    private Flow.Position position;

    /**
     * @param passed whether the target's cursor had passed the key's sequence id before the look at the source
     */
    private record Seen(long sequenceId, boolean passed, Look inSource, Look inTarget) {}

    private record SourceLook(
            String mark, boolean sequenced, String definition, Map<RowKey, Long> ids, Map<RowKey, Look> rows) {}

    private record TargetLook(Flow.Position position, Map<RowKey, Look> rows) {}

    Suspects(SideLook source, SideLook target, Flow flow, Collection<RowKey> keys) {
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
     * @param convict receives the rows in source and target (null for an absent one) of a key that really differs
     */
    void round(BiConsumer<RowKey, Map.Entry<Look, Look>> convict) {
        if (position == null) {
            position = target.look(connection -> flow.position(connection, false));
        }
        SourceLook now = source.look(connection -> new SourceLook(
                flow.mark(connection),
                mark != null && flow.sequencedUpTo(connection, mark),
                flow.definition(connection),
                flow.sequenceIds(connection, seen.keySet(), source.byText()),
                source.at(connection, seen.keySet())));
        if (now.sequenced() && now.definition().equals(definition)) {
            convict(now, convict);
        }
        if (seen.isEmpty()) {
            return;
        }
        TargetLook there = target.look(
                connection -> new TargetLook(flow.position(connection, false), target.at(connection, seen.keySet())));
        clear(now, there);
        mark = now.mark();
        definition = now.definition();
        position = there.position();
    }

    /** Which of these keys belong to parked rows. */
    Set<RowKey> parked(Collection<RowKey> keys) {
        return source.look(connection -> flow.parked(connection, keys));
    }

    private void convict(SourceLook now, BiConsumer<RowKey, Map.Entry<Look, Look>> convict) {
        for (Iterator<Map.Entry<RowKey, Seen>> all = seen.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<RowKey, Seen> one = all.next();
            RowKey key = one.getKey();
            Seen before = one.getValue();
            if (before.passed()
                    && before.sequenceId() == id(now, key)
                    && Look.same(before.inSource(), now.rows().get(key))) {
                all.remove();
                convict.accept(key, new java.util.AbstractMap.SimpleEntry<>(before.inSource(), before.inTarget()));
            }
        }
    }

    private void clear(SourceLook now, TargetLook there) {
        Map<RowKey, Seen> next = new HashMap<>();
        for (RowKey key : seen.keySet()) {
            Look inSource = now.rows().get(key);
            Look inTarget = there.rows().get(key);
            if (!Look.same(inSource, inTarget)) {
                long id = id(now, key);
                next.put(key, new Seen(id, position.passed(now.definition(), id), inSource, inTarget));
            }
        }
        seen.keySet().retainAll(next.keySet());
        seen.replaceAll((key, old) -> Objects.requireNonNull(next.get(key)));
    }

    private static long id(SourceLook look, RowKey key) {
        return look.ids().getOrDefault(key, Flow.NEVER_CHANGED);
    }
}
