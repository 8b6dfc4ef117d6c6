package dev.tideline.bench.peers;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Heap;
import dev.tideline.bench.engine.EngineProcess;
import dev.tideline.bench.track.Track;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** Debezium's embedded engine and its JDBC sink, in one process without Kafka. */
public final class Debezium implements Contestant {

    private Track track;
    private EngineProcess engine;

    @Override
    public String subject() {
        return "debezium";
    }

    @Override
    public void install(Track onTrack) throws SQLException, IOException {
        track = onTrack;
        track.external().execute(track.targetDatabase(), Track.TABLE);
        engine = EngineProcess.launch(
                DebeziumPipeline.class,
                Heap.MEGABYTES,
                Map.of("source", track.sourceUrl(), "target", track.targetUrl(), "slot", DebeziumPipeline.SLOT));
    }

    @Override
    public void addTarget() throws IOException {
        engine.start();
    }

    @Override
    public void pause() throws IOException {
        engine.stop();
    }

    @Override
    public void resume() throws IOException {
        engine.start();
    }

    @Override
    public void close() throws SQLException {
        if (engine != null) {
            engine.close();
            // It would keep the database from being dropped, and the server's log from being recycled.
            track.source()
                    .execute(
                            track.sourceDatabase(),
                            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                                    + DebeziumPipeline.SLOT + "' AND active",
                            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                                    + DebeziumPipeline.SLOT + "'");
        }
    }
}
