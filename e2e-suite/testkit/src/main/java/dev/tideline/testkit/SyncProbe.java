package dev.tideline.testkit;

import dev.tideline.testkit.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Waits until a change has arrived in an external database. It reads the source's view {@code tideline.row_state}, the
 * target's {@code tideline_sync_metadata} and the mapped tables, and nothing else of Tideline.
 *
 * <pre>{@code
 * SyncProbe probe = SyncProbe.between(sourceUrl, external.url());
 * Map<String, Object> row = probe.waitForRow("users", Map.of("id", 7), Map.of("primary_email", "ann@acme.test"));
 * probe.waitForNoRow("users", Map.of("id", 8));
 *
 * SyncProbe.Scope users = new SyncProbe.Scope("users", "project_user", "1");
 * SyncProbe.Fence fence = probe.fence(users, "9");
 * … // change a thousand rows, the one with key 9 last
 * probe.waitUntilCaughtUp(fence);
 * }</pre>
 *
 * <p>Each look uses its own connection, so that the target may be stopped and restarted in between. A look for a fence or
 * a goal reads the source's whole table once, about half a second for a million rows. Immutable and safe for use by
 * several threads.
 */
public final class SyncProbe {

    /**
     * Identifies one cursor.
     *
     * @param mapping as in {@code tideline.yaml}
     * @param table root table at the source with its schema, as in {@code tideline.row_state}
     * @param tenant the tenant's id, as text
     */
    public record Scope(String mapping, String table, String tenant) {}

    /**
     * A row of the source as it was before a change. Once the row has a later sequence id, everything that was
     * committed before this change has one, too.
     *
     * @param key as {@code tideline.row_state} shows it: text, for several columns a JSON array of texts
     * @param sequenceId the row's id when the fence was created; -1 if it had none
     */
    public record Fence(Scope scope, String key, long sequenceId) {}

    /** How far a target has come: {@code goal} and {@code cursor} are sequence ids, -1 if there is none. */
    private record Progress(long goal, boolean fenced, long cursor) {
        boolean isThere() {
            return fenced && cursor >= goal;
        }

        @Override
        public String toString() {
            String target = cursor < 0 ? "the target has no cursor yet" : "the target is at " + cursor;
            return target + (fenced ? " of " + goal : ", and the last change has no sequence id yet");
        }
    }

    private final SyncReader source;
    private final SyncReader target;
    private final Duration limit;
    private final TimeSource time;

    private SyncProbe(SyncReader source, SyncReader target, Duration limit, TimeSource time) {
        this.source = source;
        this.target = target;
        this.limit = limit;
        this.time = time;
    }

    /**
     * A probe between a source and one external database, both {@code postgres://user:password@host:port/database},
     * that waits at most 10 s.
     */
    public static SyncProbe between(String sourceUrl, String targetUrl) {
        SyncStatus.use();
        return new SyncProbe(
                new SyncReader(PostgresUrl.parse(sourceUrl)),
                new SyncReader(PostgresUrl.parse(targetUrl)),
                WaitSettings.DEFAULT_LIMIT,
                TimeSource.system());
    }

    /** Sets the limit of each wait. */
    public SyncProbe atMost(Duration atMost) {
        return new SyncProbe(source, target, atMost, time);
    }

    SyncProbe on(TimeSource other) {
        return new SyncProbe(source, target, limit, other);
    }

    /**
     * Waits until a row is in the external database, and returns it with columns in the table's order.
     *
     * @param table the target's table, with or without its schema
     * @param key value of each key column; compared as text
     * @throws NotInTimeError if it did not come
     */
    public Map<String, Object> waitForRow(String table, Map<String, ?> key) {
        return waitForRow(table, key, Map.of());
    }

    /**
     * Waits until a row is in the external database with these values, and returns it with columns in the table's
     * order.
     *
     * @param table the target's table, with or without its schema
     * @param key value of each key column; compared as text
     * @param values columns that matter; compared as text, null as NULL
     * @throws NotInTimeError if it did not come or had other values; shows the row as it was
     */
    public Map<String, Object> waitForRow(String table, Map<String, ?> key, Map<String, ?> values) {
        return wait("row " + key + " of " + table + " in " + target)
                .until(
                        () -> target.rows(table, key),
                        values.isEmpty() ? "one row" : "one row with " + values,
                        rows -> rows.size() == 1 && SyncReader.has(rows.get(0), values))
                .get(0);
    }

    /**
     * Waits until a row is gone from the external database. A missing table is no proof, and fails.
     *
     * @param table the target's table, with or without its schema
     * @param key value of each key column; compared as text
     * @throws NotInTimeError if it stayed
     */
    public void waitForNoRow(String table, Map<String, ?> key) {
        wait("no row " + key + " of " + table + " in " + target)
                .until(() -> target.rows(table, key), "no row", List::isEmpty);
    }

    /**
     * Checks that a row is not in the external database and does not come.
     *
     * @param table the target's table, with or without its schema
     * @param key value of each key column; compared as text
     * @param during how long to watch, above zero
     * @throws NotInTimeError as soon as it is there, or if it cannot be queried
     */
    public void expectNoRow(String table, Map<String, ?> key, Duration during) {
        Eventually.await("no row " + key + " of " + table + " in " + target)
                .on(time)
                .during(during)
                .always(
                        () -> target.rows(table, key),
                        new PredicateMatcher<List<Map<String, Object>>>("no row", List::isEmpty));
    }

    /**
     * Creates a fence before the last of several changes, for {@link #waitUntilCaughtUp(Fence)}.
     *
     * @param scope the cursor that has to pass it
     * @param key of the row that will be changed last, as {@code tideline.row_state} shows it
     * @throws SQLException if the source cannot be queried
     */
    public Fence fence(Scope scope, String key) throws SQLException {
        return new Fence(scope, key, source.sequenceId(scope, key).orElse(-1));
    }

    /**
     * Waits until everything that was committed up to the fence's change is in the external database: until the changed
     * row has a new sequence id, and then until the cursor has reached the highest one that the tenant had at that
     * moment.
     *
     * @param fence created before the change
     * @throws NotInTimeError if it was not reached; lists the keys that lag behind
     */
    public void waitUntilCaughtUp(Fence fence) {
        awaitCursor(fence.scope(), fence);
    }

    /**
     * Waits until everything that has a sequence id by now is in the external database. A very recent change may not
     * have one yet; {@link #fence} is for that.
     *
     * @throws NotInTimeError if it was not reached; lists the keys that lag behind
     */
    public void waitUntilCaughtUp(Scope scope) {
        awaitCursor(scope, null);
    }

    private void awaitCursor(Scope scope, Fence fence) {
        long[] goal = {-1};
        boolean[] fenced = {false};
        wait(target + " caught up with tenant " + scope.tenant() + " in mapping " + scope.mapping())
                .nearMisses("keys that lag behind", () -> source.behind(scope, cursor(scope)))
                .until(
                        () -> {
                            if (!fenced[0]) {
                                OptionalLong reached = source.goal(scope, fence);
                                fenced[0] = reached.isPresent();
                                goal[0] = reached.orElse(-1);
                            }
                            return new Progress(goal[0], fenced[0], cursor(scope));
                        },
                        fence == null
                                ? "the cursor at the highest sequence id"
                                : "the cursor at the highest sequence id once key " + fence.key() + " has a new one",
                        Progress::isThere);
    }

    private long cursor(Scope scope) throws SQLException {
        return target.cursor(scope.mapping()).orElse(-1);
    }

    private Eventually wait(String what) {
        return Eventually.await(what).on(time).atMost(limit);
    }
}
