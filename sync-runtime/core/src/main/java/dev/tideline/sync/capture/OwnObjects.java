package dev.tideline.sync.capture;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.layout.SchemaVersion;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables and sequences that capture writes to as they were installed. What somebody adds to them may make
 * statements of the application fail, and a right that is withdrawn keeps capture from writing. Used by one thread.
 */
public final class OwnObjects {

    private static final Logger LOG = LoggerFactory.getLogger(OwnObjects.class);

    /** What stays faulty is tried at every check first, and finally at every 32nd. */
    private static final int RAREST_TRY = 5;

    private final Set<Fault> said = new HashSet<>();
    private long checks;
    private int failures;

    /**
     * @param what somebody has added, or which right was withdrawn
     * @param repair the statement that corrects it
     */
    record Fault(String what, String repair) {

        String advice() {
            return what + ". Run: " + repair + ";";
        }
    }

    /** Takes no lock on anything. Returns none in a schema of another version, whose objects are not known here. */
    static List<Fault> faults(Connection source) throws SQLException {
        List<Fault> faults = Jdbc.list(
                source,
                SqlTemplate.text("1-capture/own-faults"),
                row -> new Fault(row.getString("fault"), row.getString("repair")));
        // Asked afterwards: what a migration added is seen together with its version.
        return faults.isEmpty() || isOfThisVersion(source) ? faults : List.of();
    }

    private static boolean isOfThisVersion(Connection source) throws SQLException {
        return Jdbc.first(source, SqlTemplate.text("1-capture/installed"), row -> row.getInt("schema_version"))
                .filter(version -> version == SchemaVersion.REQUIRED)
                .isPresent();
    }

    /** Corrects what this role may correct, and logs the rest once. */
    public void mend(Connection source) throws SQLException {
        if (checks++ % (1L << Math.min(failures, RAREST_TRY)) != 0) {
            return;
        }
        List<Fault> faults = faults(source);
        if (faults.isEmpty()) {
            failures = 0;
            said.clear();
            return;
        }
        for (Fault fault : faults) {
            mend(source, fault);
        }
        // Some statements only warn that they did nothing, such as GRANT.
        List<Fault> left = faults(source);
        failures = left.isEmpty() ? 0 : failures + 1;
        faults.stream()
                .filter(fault -> !left.contains(fault))
                .forEach(fault -> LOG.warn("{}. This was corrected: {}", fault.what(), fault.repair()));
        said.retainAll(left);
        left.stream().filter(said::add).forEach(fault -> LOG.warn("capture may not work: {}", fault.advice()));
    }

    /**
     * Runs a pass. If it fails, what somebody has done to our objects may be the reason, and no check would follow.
     *
     * @param pass whatever it leaves uncommitted when it fails is rolled back
     */
    public <T> T mendingIfItFails(Connection source, Jdbc.Work<T> pass) throws SQLException {
        try {
            return pass.run();
        } catch (SQLException e) {
            try {
                if (!source.getAutoCommit()) {
                    source.rollback();
                    source.setAutoCommit(true);
                }
                mend(source);
            } catch (SQLException alsoMending) {
                e.addSuppressed(alsoMending);
            }
            throw e;
        }
    }

    private static void mend(Connection source, Fault fault) throws SQLException {
        try {
            TableLock.once(source, "correct this", () -> Jdbc.execute(source, fault.repair()));
        } catch (SyncException e) {
            LOG.debug("{}: {}", fault.what(), e.getMessage());
        }
    }
}
