package dev.tideline.sync.mapping;

import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets Postgres check SQL that the user wrote, without running it, and reports what it says. */
final class UserSql {

    /** A line break at the end keeps a trailing comment from swallowing what follows. */
    private static final String OPEN = "SELECT * FROM (\n";

    private final SourceSession session;
    private final QueryColumns queries;
    private final Findings findings;
    private final Map<String, String> blanks = new HashMap<>();

    UserSql(SourceSession session, QueryColumns queries, Findings findings) {
        this.session = session;
        this.queries = queries;
        this.findings = findings;
    }

    /** The text, ready to be put into a larger statement; empty if it has a problem, which is noted. */
    Optional<String> complete(String path, String sql) {
        blanks.put(path, sql.substring(0, sql.length() - sql.stripLeading().length()));
        try {
            return Optional.of(SqlFragment.complete(sql));
        } catch (SqlFragment.Misplaced e) {
            findings.add(path, e.getMessage(), "Write one complete piece of SQL, without a semicolon.");
            return Optional.empty();
        }
    }

    /** The columns of a query; empty if it has a problem, which is noted. */
    Optional<List<Column>> columns(String path, String query) throws SQLException {
        try {
            return Optional.of(queries.of(OPEN + query + "\n) AS q LIMIT 0"));
        } catch (SQLException e) {
            refused(path, Refusal.of(e, OPEN.length(), query));
            return Optional.empty();
        }
    }

    /** Whether a text is valid between these two; notes a problem if it is not. */
    boolean fits(String path, String before, String text, String after) throws SQLException {
        try {
            session.underUsersPath(before + text + after, result -> true);
            return true;
        } catch (SQLException e) {
            refused(path, Refusal.of(e, before.codePointCount(0, before.length()), text));
            return false;
        }
    }

    /** Whether Postgres accepts a statement of ours. */
    boolean accepts(String statement) throws SQLException {
        try {
            return session.underUsersPath(statement, result -> true);
        } catch (SQLException e) {
            if (SqlState.isConnectionLost(e)) {
                throw e;
            }
            return false;
        }
    }

    private void refused(String path, Refusal refusal) {
        Refusal placed = refusal.after(blanks.getOrDefault(path, ""));
        String what = "Postgres refuses this: " + placed.what();
        if (placed.line() == 0) {
            findings.add(path, what, placed.hint());
        } else {
            findings.addInText(path, placed.line(), placed.column(), what, placed.hint());
        }
    }
}
