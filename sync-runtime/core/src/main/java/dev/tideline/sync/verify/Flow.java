package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

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
     * @param definition what its rows were made with, in the words of {@link Flow#definition}
     * @param sequenceId up to which it has everything; -1: it has not been filled
     */
    record Position(String definition, long sequenceId) {

        /** Of a target that has not all rows yet, or is being filled anew: whatever differs there is under way. */
        public static final Position FILLING = new Position("", -1);

        boolean passed(String wantedDefinition, long wantedId) {
            return definition.equals(wantedDefinition) && sequenceId >= wantedId;
        }
    }

    /** Names this moment in the source: what the connection's transaction sees now. */
    String mark(Connection source) throws SQLException;

    /** Whether everything that was visible at a mark has its sequence id, in what the connection's transaction sees. */
    boolean sequencedUpTo(Connection source, String mark) throws SQLException;

    /** What a target's rows should be made with; another one from when the source's table was truncated. */
    String definition(Connection source) throws SQLException;

    /**
     * The sequence id of each key's last sequenced change; keys that never changed may be left out.
     *
     * @param byText whether some key may be no value of the source's type
     */
    Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys, boolean byText) throws SQLException;

    /** Which of these keys belong to rows that are set aside: that they differ is known, and why. */
    default Set<RowKey> parked(Connection source, Collection<RowKey> keys) throws SQLException {
        return Set.of();
    }

    /**
     * Where the target stands, in what the connection's transaction sees.
     *
     * @param lock whether no runtime may write to the mapping's table until that transaction ends
     */
    Position position(Connection target, boolean lock) throws SQLException;
}
