package dev.tideline.sync.source;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Which failures end a pooled session: those that may come from what it was given when it began, such as read-only
 * transactions, a role or a right, and that would stay with it for as long as it is used. Safe for use by many threads.
 */
public final class SessionsFault implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        String state = e.getSQLState();
        boolean session = state != null && (state.startsWith("25") || state.startsWith("42501") || state.startsWith("28"));
        return session ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
