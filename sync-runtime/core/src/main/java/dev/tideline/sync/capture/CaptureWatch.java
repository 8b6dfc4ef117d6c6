package dev.tideline.sync.capture;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks in the catalogue whether what was installed still exists. Missing triggers are restored, a table whose changes
 * were missed is compared by every target, and a stream that can no longer be captured is recorded. Run by the
 * sequencer between passes, and so by one process at a time. Used by one thread.
 *
 * <p>A stream is either fine or in trouble (nothing is captured, and the reason is recorded). When its trouble ends,
 * its table is compared.
 */
public final class CaptureWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureWatch.class);

    private static final String RAISE_EPOCH = SqlTemplate.text("2-sequence/raise-epoch");
    private static final String RECORD_STANDING = SqlTemplate.text("1-capture/record-standing");
    private static final String RECORD_FUNCTIONS = SqlTemplate.text("1-capture/record-functions");
    private static final String RECORD_TROUBLE = SqlTemplate.text("1-capture/record-trouble");
    private static final String RECORD_COMPARISON = SqlTemplate.text("1-capture/record-comparison");
    private static final String OWE_COMPARISON = SqlTemplate.text("1-capture/owe-comparison");
    private static final String CRASH_CANARY = SqlTemplate.text("1-capture/crash-canary");

    private static final Duration OFTENEST_LOOK = Duration.ofSeconds(2);

    /**
     * The longest time between two checks, even if the machine is busy and each is slow: nothing else notices what is
     * lost meanwhile.
     */
    private static final Duration RAREST_LOOK = Duration.ofSeconds(5);

    /** A check may take this fraction of the time between two, within these bounds. */
    private static final int LOOKS_TAKE_ONE_IN = 200;

    /** A table that stays locked is tried at every check first, and finally at every 32nd. */
    private static final int RAREST_TRY = 5;

    private final InstalledLayout layout;
    private final Set<Integer> troubled = new HashSet<>();
    private final Map<Integer, Integer> failedRepairs = new HashMap<>();
    private final OwnObjects own;
    private long looks;

    /** @param own outlives this watch, so that what it has said is not said again under another layout */
    public CaptureWatch(InstalledLayout layout, OwnObjects own) {
        this.layout = layout;
        this.own = own;
    }

    /** How long to wait until the next check, given how long the last one took. */
    public static Duration pauseAfter(Duration look) {
        long fair = look.toNanos() * LOOKS_TAKE_ONE_IN;
        return Duration.ofNanos(Math.min(RAREST_LOOK.toNanos(), Math.max(OFTENEST_LOOK.toNanos(), fair)));
    }

    /** Why changes of a stream are not captured, as far as a check without consequences can tell. */
    public static Map<Integer, String> troubles(Connection source, InstalledLayout layout) throws SQLException {
        Map<Integer, String> troubles = new HashMap<>();
        OwnObjects.faults(source).stream()
                .findFirst()
                .ifPresent(fault -> layout.streams().forEach(stream -> troubles.put(stream.id(), fault.advice())));
        for (CaptureLook look : CaptureLook.at(source, layout)) {
            look.trouble()
                    .or(look::loss)
                    .ifPresent(why -> troubles.put(look.installed().id(), why));
        }
        return troubles;
    }

    /** Whether nothing of a stream is captured, as of the last check. Its table is compared once that is over. */
    public boolean inTrouble(int stream) {
        return troubled.contains(stream);
    }

    /**
     * Checks all streams, and acts on what has changed.
     *
     * @param source in autocommit mode
     * @return whether any table has to be compared
     */
    public boolean look(Connection source) throws SQLException {
        looks++;
        own.mend(source);
        Jdbc.update(source, CRASH_CANARY);
        if (CaptureLook.at(source, layout).isEmpty()) {
            troubled.clear();
            return false;
        }
        return Installer.unlessInstalling(source, () -> {
            troubled.clear();
            boolean compare = false;
            for (CaptureLook look : CaptureLook.at(source, layout)) {
                compare |= follow(source, look);
            }
            return compare;
        });
    }

    private boolean follow(Connection source, CaptureLook look) throws SQLException {
        Optional<String> trouble = look.trouble();
        if (trouble.isPresent()) {
            inTrouble(source, look, trouble.get());
            return false;
        }
        Optional<String> loss = look.loss();
        if (loss.isPresent()) {
            return putBack(source, look, loss.get());
        }
        Optional<String> reason = look.recorded() == null
                ? Optional.ofNullable(look.owed()).or(look::silentChange)
                : Optional.of("it is captured again, after: " + look.recorded());
        return Jdbc.inTransaction(source, () -> {
            reason.ifPresent(why -> LOG.warn("table {} is compared by every external database: {}", look.table(), why));
            if (reason.isPresent()) {
                compare(source, look.installed().id(), reason.get());
            }
            Jdbc.update(source, RECORD_STANDING, look.installed().id(), look.now());
            return reason.isPresent();
        });
    }

    private void inTrouble(Connection source, CaptureLook look, String why) throws SQLException {
        troubled.add(look.installed().id());
        if (!why.equals(look.recorded())) {
            LOG.warn("changes of table {} are not followed: {}", look.table(), why);
            Jdbc.update(source, RECORD_TROUBLE, look.installed().id(), why);
        }
    }

    private boolean putBack(Connection source, CaptureLook look, String loss) throws SQLException {
        int id = look.installed().id();
        int failed = failedRepairs.getOrDefault(id, 0);
        if (looks % (1L << Math.min(failed, RAREST_TRY)) != 0) {
            troubled.add(id);
            return false;
        }
        String because = "its triggers are not restored yet, because other sessions hold locks on the table";
        boolean done = false;
        try {
            done = TableLock.once(source, "restore the triggers", () -> putBack(source, look));
        } catch (SyncException e) {
            because = e.getMessage();
        }
        if (!done) {
            failedRepairs.put(id, failed + 1);
            inTrouble(source, look, loss + "; " + because);
            return false;
        }
        failedRepairs.remove(id);
        LOG.warn(
                "{}. Its triggers and functions are in place again, and every external database is compared with table {}",
                loss,
                look.table());
        leaveFormerTables(source, look);
        return true;
    }

    /** In one transaction, so that changes missed before it are compared, and changes after it are captured. */
    private void putBack(Connection source, CaptureLook look) throws SQLException {
        // Read again: an install may have changed the stream since the check.
        InstalledStream stream = InstalledLayout.read(source).orElseThrow().stream(
                look.installed().id());
        int generation = Jdbc.one(source, "SELECT change_table FROM tideline.sequencer", row -> row.getInt(1));
        Jdbc.execute(source, CaptureSql.functions(stream, generation));
        for (TableName table : look.tablesWithoutTriggers()) {
            CaptureTriggers.replace(source, stream, table);
        }
        compare(source, stream.id(), look.loss().orElseThrow());
        adopt(source, stream.id());
    }

    /**
     * A table that was renamed keeps its triggers. Nobody waits for their removal: until then it is captured in vain.
     */
    private static void leaveFormerTables(Connection source, CaptureLook look) throws SQLException {
        Set<TableName> former = new TreeSet<>(CaptureTriggers.tablesWithTriggers(source, look.installed()));
        former.removeAll(CaptureTriggers.tablesOf(source, look.table()));
        for (TableName table : former) {
            try {
                CaptureTriggers.remove(source, look.installed(), table);
            } catch (SyncException e) {
                LOG.debug("table {} keeps its triggers: {}", table, e.getMessage());
            }
        }
    }

    /**
     * Makes the next check compare a stream's table, because a pass could not use its changes: once, however many
     * passes there were. Runs within the transaction of the pass.
     */
    public static void requestComparison(Connection source, int stream, String because) throws SQLException {
        Jdbc.update(source, OWE_COMPARISON, stream, because);
    }

    /**
     * Makes every target compare a stream's table, or the tables that are joined with it. Runs within a transaction of
     * the caller.
     */
    static void compare(Connection source, int stream, String because) throws SQLException {
        Jdbc.update(source, RAISE_EPOCH, stream, stream);
        Jdbc.update(source, RECORD_COMPARISON, stream, because);
    }

    /** The streams whose functions were replaced since they were recorded, each with what happened. */
    static Map<Integer, String> replacedFunctions(Connection source, InstalledLayout layout) throws SQLException {
        Map<Integer, String> replaced = new HashMap<>();
        for (CaptureLook look : CaptureLook.at(source, layout)) {
            look.replacedFunction()
                    .ifPresent(what -> replaced.put(look.installed().id(), what));
        }
        return replaced;
    }

    /** Records the functions that an install has just created as the expected ones. */
    static int recordFunctions(Connection source, Map<Integer, String> replaced) throws SQLException {
        int recorded = 0;
        for (CaptureLook look :
                CaptureLook.at(source, InstalledLayout.read(source).orElseThrow())) {
            int id = look.installed().id();
            if (replaced.containsKey(id)) {
                compare(source, id, replaced.get(id));
            }
            recorded += Jdbc.update(source, RECORD_FUNCTIONS, look.now(), id);
        }
        return recorded;
    }

    /** Records the current state as the expected one. Runs within a transaction of the caller. */
    static int adopt(Connection source, int stream) throws SQLException {
        int recorded = 0;
        for (CaptureLook look :
                CaptureLook.at(source, InstalledLayout.read(source).orElseThrow())) {
            if (look.installed().id() == stream) {
                recorded += Jdbc.update(source, RECORD_STANDING, stream, look.now());
            }
        }
        return recorded;
    }
}
