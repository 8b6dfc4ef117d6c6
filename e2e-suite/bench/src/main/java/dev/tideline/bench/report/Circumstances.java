package dev.tideline.bench.report;

import dev.tideline.e2e.ServerAddress;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Where and when a run was made: figures mean nothing without. */
public final class Circumstances {

    private final String server;
    private final LocalDate day;
    private final double loadBefore = load();

    /** At the beginning of a run. @param source whose version and durability are recorded */
    public Circumstances(ServerAddress source, Clock clock) throws SQLException {
        this.server = source.text(
                "postgres",
                "SELECT 'Postgres ' || current_setting('server_version') || ' on both sides, fsync '"
                        + " || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')"
                        + " || ', shared_buffers ' || current_setting('shared_buffers') || ', max_wal_size '"
                        + " || current_setting('max_wal_size')");
        this.day = LocalDate.now(clock);
    }

    /** At its end, one line each. */
    public List<String> lines() {
        return List.of(
                "Measured on " + day + ", servers, contestants and writers on one machine, over loopback: "
                        + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version") + ".",
                server + ".",
                String.format(
                        Locale.ROOT,
                        "Load average when it began %.1f, when it ended %.1f (the bench itself makes about 3 to 4).",
                        loadBefore,
                        load()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
