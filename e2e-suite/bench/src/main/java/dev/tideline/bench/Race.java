package dev.tideline.bench;

import dev.tideline.e2e.ServerAddress;
import dev.tideline.testkit.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Lets one contestant do everything once, on databases of its own. Nothing is a figure until the fingerprints are equal. */
final class Race {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ServerAddress source;
    private final ServerAddress external;
    private final BenchSize size;

    Race(ServerAddress source, ServerAddress external, BenchSize size) {
        this.source = source;
        this.external = external;
        this.size = size;
    }

    /** The figures of one contestant, which is closed afterwards. */
    List<Result> run(Contestant contestant) throws SQLException, InterruptedException {
        try (Track track = Track.lay(source, external, contestant.subject(), size.rows())) {
            try (contestant) {
                contestant.install(track);
                track.mark("copy");
                long start = System.nanoTime();
                contestant.addTarget();
                double copy = secondsUntilEqual(track, "copy", start);
                contestant.pause();
                track.write(size.transactions(), "drain");
                start = System.nanoTime();
                contestant.resume();
                double drain = secondsUntilEqual(track, "drain", start);
                return List.of(
                        new Result("initial_copy", contestant.subject(), size.rows() / copy, "rows/s"),
                        new Result("drain", contestant.subject(), size.transactions() / drain, "rows/s"));
            }
        }
    }

    /**
     * Until the marked row, which every contestant brings last, is there. If the fingerprints are not equal then, the
     * contestant has another order, and the time runs on until they are.
     */
    private double secondsUntilEqual(Track track, String mark, long start) throws SQLException {
        String wanted = Fingerprint.of(source, track.sourceDatabase());
        Eventually.await("the row marked '" + mark + "' in " + track.targetDatabase())
                .atMost(LIMIT)
                .pollEvery(Duration.ofMillis(2))
                .until(() -> track.rows() == marked(track, mark));
        long end = System.nanoTime();
        if (!Fingerprint.of(external, track.targetDatabase()).equals(wanted)) {
            Eventually.await(track.targetDatabase() + " equal to its source: " + wanted)
                    .atMost(LIMIT)
                    .until(() -> Fingerprint.of(external, track.targetDatabase()), wanted::equals);
            end = System.nanoTime();
        }
        return (end - start) / 1e9;
    }

    /** The id of the row with this mark; 0 as long as there is none. */
    private long marked(Track track, String mark) throws SQLException {
        if (external.text(track.targetDatabase(), "SELECT to_regclass('item') IS NULL")
                .equals("t")) {
            return 0;
        }
        return Long.parseLong(external.text(
                track.targetDatabase(),
                "SELECT coalesce(max(id), 0) FROM item WHERE id = " + track.rows() + " AND note = '" + mark + "'"));
    }
}
