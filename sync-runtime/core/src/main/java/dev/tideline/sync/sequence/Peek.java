package dev.tideline.sync.sequence;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What the sequencer finds in one statement, outside any transaction: most looks find nothing, so a look has to be
 * cheap.
 *
 * @param enabled whether the sequencer is not paused
 * @param layoutVersion raised by install
 * @param earlier snapshot of the last pass
 * @param later snapshot up to which a pass works
 * @param more whether that is older than this look's own snapshot, because there was too much for one pass
 * @param at a time not later than the look
 * @param oldestOpen the oldest unfinished transaction id
 * @param nextXid the first unassigned transaction id
 */
public record Peek(
        boolean enabled,
        long layoutVersion,
        String earlier,
        String later,
        boolean more,
        String at,
        long oldestOpen,
        long nextXid,
        List<NewChanges> news) {

    private static final String SQL = SqlTemplate.text("2-sequence/peek");

    /**
     * The new changes of one stream.
     *
     * @param truncated whether rows may have come or gone that are not known individually
     * @param unread why capture could not read a row, if that is the reason; else null
     * @param removed deletions, and rows that changed their key or tenant
     * @param traced changes whose writers named their trace
     */
    record NewChanges(int stream, boolean truncated, String unread, long count, long removed, long traced) {}

    private record Line(Peek peek, NewChanges changes) {}

    /**
     * Looks.
     *
     * @param most changes that a pass should take; it takes those of whole transactions
     */
    public static Peek at(Connection source, int most) throws SQLException {
        List<Line> lines = Jdbc.list(source, SQL, Peek::line, most);
        Peek first = lines.get(0).peek();
        return new Peek(
                first.enabled(),
                first.layoutVersion(),
                first.earlier(),
                first.later(),
                first.more(),
                first.at(),
                first.oldestOpen(),
                first.nextXid(),
                lines.stream()
                        .map(Line::changes)
                        .filter(changes -> changes.count() > 0)
                        .toList());
    }

    /** Whether there is nothing to sequence. */
    public boolean nothingNew() {
        return news.isEmpty() && !more;
    }

    /** Whether a transaction is open that may have captured something before this id was assigned. */
    boolean openBefore(long xid) {
        return oldestOpen < Math.min(nextXid, xid);
    }

    private static Line line(ResultSet row) throws SQLException {
        Peek peek = new Peek(
                row.getBoolean("enabled"),
                row.getLong("layout_version"),
                row.getString("earlier"),
                row.getString("later"),
                row.getBoolean("more"),
                row.getString("at"),
                row.getLong("oldest_open"),
                row.getLong("next_xid"),
                List.of());
        return new Line(
                peek,
                new NewChanges(
                        row.getInt("stream"),
                        row.getBoolean("truncated"),
                        row.getString("unread"),
                        row.getLong("changes"),
                        row.getLong("removed"),
                        row.getLong("traced")));
    }
}
