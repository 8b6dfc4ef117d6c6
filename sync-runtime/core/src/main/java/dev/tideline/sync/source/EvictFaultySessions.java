package dev.tideline.sync.source;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;

/** Makes a pool end sessions whose own state may have caused a failure. Safe for use by many threads. */
public final class EvictFaultySessions implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return SqlState.mayBeTheSessions(e) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
