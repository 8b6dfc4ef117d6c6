package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/**
 * How far the changes of one tenant's mapping have travelled. A difference counts only if nothing is on its way that
 * would end it; this says so.
 */
public interface Flow {

    /** Nothing is installed in the source: nothing is ever on its way. */
    Flow NONE = new Flow() {
        @Override
        public String mark(Connection source) {
            return "";
        }

        @Override
        public boolean sequencedUpTo(Connection source, String mark) {
            return true;
        }

        @Override
        public Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys) {
            return Map.of();
        }

        @Override
        public long cursor(Connection target) {
            return 0;
        }

        @Override
        public long lockedCursor(Connection target) {
            return 0;
        }
    };

    /** The sequence id of a key that has not changed since capture was installed. */
    long NEVER_CHANGED = 0;

    /** The cursor of a target that has not got all rows once: whatever differs there is under way. */
    long FILLING = -1;

    /** Names this moment in the source: what the connection's transaction sees now. */
    String mark(Connection source) throws SQLException;

    /** Whether everything that was visible at a mark has its sequence id, in what the connection's transaction sees. */
    boolean sequencedUpTo(Connection source, String mark) throws SQLException;

    /** The sequence id of each key's last sequenced change; keys that never changed are left out. */
    Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys) throws SQLException;

    /** Up to which sequence id the target has everything, or {@link #FILLING}. */
    long cursor(Connection target) throws SQLException;

    /** The same, and no runtime writes to the mapping's table until the connection's transaction ends. */
    long lockedCursor(Connection target) throws SQLException;
}
