package dev.tideline.bench.contestant;

import dev.tideline.bench.engine.EngineProcess;
import dev.tideline.bench.track.Track;
import dev.tideline.sync.install.Installation;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Tideline with its default settings, in a JVM with the option recommended in the README. */
public final class Tideline implements Contestant {

    private static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1");

    private final int heapMegabytes;
    private Track track;
    private EngineProcess runtime;

    public Tideline() {
        this(Heap.MEGABYTES);
    }

    /**
     * @param heapMegabytes limit of the runtime's heap
     */
    public Tideline(int heapMegabytes) {
        this.heapMegabytes = heapMegabytes;
    }

    @Override
    public String subject() {
        return "tideline";
    }

    @Override
    public Kind kind() {
        return Kind.TRACKER;
    }

    @Override
    public void install(Track onTrack) throws SQLException, IOException {
        track = onTrack;
        track.source()
                .execute(
                        track.sourceDatabase(),
                        "CREATE TABLE IF NOT EXISTS external_database (tenant int, name text, url text NOT NULL,"
                                + " enabled boolean NOT NULL, PRIMARY KEY (tenant, name))");
        Installation.install(TidelineEngine.config(track.sourceUrl()), line -> {});
        runtime = EngineProcess.launch(
                TidelineEngine.class, heapMegabytes, Map.of("source", track.sourceUrl()), JVM_OPTIONS);
        runtime.start();
    }

    @Override
    public void addTarget() throws SQLException {
        track.source()
                .execute(
                        track.sourceDatabase(),
                        "INSERT INTO external_database VALUES (1, 'main', '" + track.targetUrl() + "', true)");
    }

    @Override
    public void pause() throws IOException {
        runtime.stop();
    }

    @Override
    public void resume() throws IOException {
        runtime.start();
    }

    /** The runtime's process, to measure its heap and time. */
    public EngineProcess runtime() {
        return runtime;
    }

    @Override
    public void close() {
        if (runtime != null) {
            runtime.close();
        }
    }
}
