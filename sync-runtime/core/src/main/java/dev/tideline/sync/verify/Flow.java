package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * How far the changes of one tenant's mapping have travelled. A difference counts only if no change is in flight that
 * would end it; this interface knows.
 */
public interface Flow {

    /** Nothing is installed in the source, so nothing is ever in flight. */
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
        public String definition(Connection source) {
            return "";
        }

        @Override
        public Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys, boolean byText) {
            return Map.of();
        }

        @Override
        public Position position(Connection target, boolean lock) {
            return new Position("", NEVER_CHANGED);
        }
    };

    /** The sequence id of a key that has not changed since capture was installed. */
    long NEVER_CHANGED = 0;

    /**
     * Where a target stands.
     *
     * @param definition with which its rows were copied, as {@link Flow#definition} returns it
     * @param sequenceId up to which it has everything; -1: it has not been filled
     */
    record Position(String definition, long sequenceId) {

        /** A target that does not have all rows yet, or is being filled again: every difference is in flight. */
        public static final Position FILLING = new Position("", -1);

        boolean passed(String wantedDefinition, long wantedId) {
            return definition.equals(wantedDefinition) && sequenceId >= wantedId;
        }
    }

    /** A mark of this moment in the source: what the connection's transaction sees now. */
    String mark(Connection source) throws SQLException;

    /** Whether everything that was visible at a mark has its sequence id, as seen by the connection's transaction. */
    boolean sequencedUpTo(Connection source, String mark) throws SQLException;

    /** The current definition of the mapping's rows; changes when the source's table is truncated. */
    String definition(Connection source) throws SQLException;

    /**
     * The sequence id of each key's last sequenced change; keys that never changed may be missing.
     *
     * @param byText whether some key may be no valid value of the source's type
     */
    Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys, boolean byText) throws SQLException;

    /** Which of these keys belong to parked rows, whose difference is known and explained. */
    default Set<RowKey> parked(Connection source, Collection<RowKey> keys) throws SQLException {
        return Set.of();
    }

    /**
     * Where the target stands, as seen by the connection's transaction.
     *
     * @param lock whether to keep runtimes from writing to the mapping's table until that transaction ends
     */
    Position position(Connection target, boolean lock) throws SQLException;
}
