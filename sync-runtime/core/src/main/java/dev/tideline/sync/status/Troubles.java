package dev.tideline.sync.status;

import dev.tideline.sync.capture.CaptureWatch;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.DirectoryRows;
import dev.tideline.sync.target.FaultyEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Troubles of the source itself. Reading them scans the catalogue and the whole table of external databases, so it is
 * not done for each status.
 *
 * @param faulty invalid rows of the table of external databases
 */
record Troubles(List<Status.Capture> capture, List<Status.Target> faulty) {

    static Troubles read(Connection source, InstalledLayout layout) throws SQLException {
        List<Status.Capture> capture = capture(source, layout);
        try {
            return new Troubles(capture, faulty(source, layout));
        } catch (SQLException e) {
            if (capture.stream().noneMatch(c -> ofDirectory(c) && c.trouble() != null)) {
                capture.replaceAll(c -> ofDirectory(c) ? c.troubled("it cannot be read: " + e.getMessage()) : c);
            }
            return new Troubles(capture, List.of());
        }
    }

    private static boolean ofDirectory(Status.Capture capture) {
        return capture.kind().equals(Stream.Kind.DIRECTORY.text());
    }

    List<Status.Target> faultyOf(String tenant) {
        return faulty.stream()
                .filter(f -> tenant == null || tenant.equals(f.tenant()))
                .toList();
    }

    /** Checked again, since there may be no runtime; its last findings only tell when a trouble began. */
    private static List<Status.Capture> capture(Connection source, InstalledLayout layout) throws SQLException {
        record Recorded(String trouble, OffsetDateTime since, String because, OffsetDateTime at) {}
        Map<Integer, Recorded> recorded = new HashMap<>();
        Jdbc.list(
                source,
                SqlTemplate.text("6-status/capture"),
                row -> recorded.put(
                        row.getInt(1),
                        new Recorded(
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class),
                                row.getString(4),
                                row.getObject(5, OffsetDateTime.class))));
        Map<Integer, String> troubles = CaptureWatch.troubles(source, layout);
        List<Status.Capture> capture = new ArrayList<>();
        for (InstalledStream installed : layout.streams()) {
            Recorded last = recorded.getOrDefault(installed.id(), new Recorded(null, null, null, null));
            Stream stream = installed.stream();
            capture.add(new Status.Capture(
                    stream.table().toString(),
                    stream.kind().text(),
                    stream.columnNames(),
                    last.trouble() != null ? last.trouble() : troubles.get(installed.id()),
                    last.since(),
                    last.because(),
                    last.at()));
        }
        return capture;
    }

    private static List<Status.Target> faulty(Connection source, InstalledLayout layout) throws SQLException {
        List<Status.Target> faulty = new ArrayList<>();
        for (InstalledStream directory : layout.streams()) {
            if (directory.stream().kind() == Stream.Kind.DIRECTORY) {
                for (FaultyEntry fault : DirectoryRows.read(
                                source, directory.stream().table().sql(), layout.tenantColumns())
                        .faults()) {
                    faulty.add(new Status.Target(
                            fault.tenant(),
                            fault.name(),
                            "error",
                            fault.problem(),
                            null,
                            null,
                            0,
                            null,
                            null,
                            0,
                            List.of()));
                }
            }
        }
        return faulty;
    }
}
