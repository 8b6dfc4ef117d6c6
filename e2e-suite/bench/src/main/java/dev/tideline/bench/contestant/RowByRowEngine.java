package dev.tideline.bench.contestant;

import dev.tideline.bench.engine.Engine;
import dev.tideline.e2e.ServerAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Numbers flagged rows and upserts them one by one, every 50 ms, or at once while there is more; one batch and the
 * cursor per transaction, which is twice as fast as one transaction each. Settings {@code source} and {@code target}
 * are addresses.
 */
public final class RowByRowEngine implements Engine {

    private static final int BATCH = 1000;
    private static final int INTERVAL_MILLIS = 50;

    private static final String NUMBER = "UPDATE item SET flagged = false, sequence_id = nextval('item_sequence')"
            + " WHERE id IN (SELECT id FROM item WHERE flagged ORDER BY id LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED)";
    private static final String FETCH =
            "SELECT id, tenancy_id, name, amount, active, changed_at, note, sequence_id FROM item"
                    + " WHERE sequence_id > ? ORDER BY sequence_id LIMIT " + BATCH;
    private static final String UPSERT = "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " tenancy_id = EXCLUDED.tenancy_id, name = EXCLUDED.name, amount = EXCLUDED.amount, active = EXCLUDED.active,"
            + " changed_at = EXCLUDED.changed_at, note = EXCLUDED.note";
    private static final int COLUMNS = 7;

    private final String source;
    private final String target;
    private ScheduledExecutorService loop;
    private Connection from;
    private Connection to;

    public RowByRowEngine(Map<String, String> settings) {
        this.source = settings.get("source");
        this.target = settings.get("target");
    }

    @Override
    public void start() throws SQLException {
        from = connect(source);
        to = connect(target);
        to.setAutoCommit(false);
        loop = Executors.newSingleThreadScheduledExecutor();
        loop.scheduleWithFixedDelay(this::run, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws InterruptedException, SQLException {
        loop.shutdown();
        if (!loop.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the loop does not end");
        }
        from.close();
        to.close();
    }

    private static Connection connect(String url) throws SQLException {
        return ServerAddress.of(url).connect(URI.create(url).getPath().substring(1));
    }

    private void run() {
        try {
            boolean more = true;
            while (more && !loop.isShutdown()) {
                boolean numbered = number() > 0;
                more = carry() > 0 || numbered;
            }
        } catch (SQLException e) {
            // Ends the loop; the log has the reason, and the harness sees that nothing arrives.
            throw new IllegalStateException(e);
        }
    }

    private int number() throws SQLException {
        try (Statement statement = from.createStatement()) {
            return statement.executeUpdate(NUMBER);
        }
    }

    private int carry() throws SQLException {
        int rows = 0;
        try (PreparedStatement fetch = from.prepareStatement(FETCH);
                PreparedStatement upsert = to.prepareStatement(UPSERT);
                Statement cursor = to.createStatement()) {
            fetch.setLong(1, cursor(cursor));
            long last = 0;
            try (ResultSet row = fetch.executeQuery()) {
                for (; row.next(); rows++) {
                    for (int column = 1; column <= COLUMNS; column++) {
                        upsert.setObject(column, row.getObject(column));
                    }
                    upsert.executeUpdate();
                    last = row.getLong(COLUMNS + 1);
                }
            }
            if (rows > 0) {
                cursor.executeUpdate("UPDATE cursor SET sequence_id = " + last);
            }
            to.commit();
        }
        return rows;
    }

    private static long cursor(Statement statement) throws SQLException {
        try (ResultSet cursor = statement.executeQuery("SELECT sequence_id FROM cursor")) {
            cursor.next();
            return cursor.getLong(1);
        }
    }
}
