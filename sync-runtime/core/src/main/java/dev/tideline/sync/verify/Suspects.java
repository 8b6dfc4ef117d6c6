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
 * Keys that are looked at together, round by round, until for each it is known whether its rows are the same.
 *
 * <p>A round looks at the source, then at the target. A key is cleared when the target's row is as the source's was. It
 * is convicted when, between two looks at the source, the target's row was another and nothing can have been under way:
 *
 * <ul>
 *   <li>the row and its sequence id are the same in both looks, so no sequenced change came in between;
 *   <li>everything committed before the first look had been sequenced by the second, so the first look's row had no
 *       change without a sequence id;
 *   <li>the target's cursor had passed that id before the first look, so neither a batch that was then in flight nor a
 *       later one carries this row;
 *   <li>both looks agree on what the target's rows should be made with, and its rows are: it is not being filled anew.
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

    /** @param passed whether the target's cursor had passed the key's sequence id before the look at the source */
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

    /** Those of which nothing is known for sure. */
    Collection<RowKey> keys() {
        return seen.keySet();
    }

    /**
     * One more look at both sides.
     *
     * @param convict takes the rows in source and target, null for an absent one, of a key that differs for good
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

    /** Which of these keys belong to rows that are set aside. */
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
