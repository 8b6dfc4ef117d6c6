package dev.tideline.bench.contestant;

import dev.tideline.bench.engine.EngineProcess;
import dev.tideline.bench.track.Track;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/**
 * What people build first: a flag and a sequence column in the user's own row, a query that numbers the flagged rows,
 * and an upsert for each of them.
 */
final class RowByRow implements Contestant {

    private Track track;
    private EngineProcess engine;

    @Override
    public String subject() {
        return "row-by-row";
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
                        "CREATE SEQUENCE item_sequence",
                        "ALTER TABLE item ADD sequence_id bigint, ADD flagged boolean NOT NULL DEFAULT false",
                        "UPDATE item SET sequence_id = nextval('item_sequence')",
                        "CREATE INDEX ON item (id) WHERE flagged",
                        "CREATE INDEX ON item (sequence_id)",
                        "CREATE FUNCTION flag() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$BEGIN NEW.flagged := true; RETURN NEW; END$$",
                        // Not when the numbering itself updates.
                        "CREATE TRIGGER flag BEFORE INSERT OR UPDATE OF tenancy_id, name, amount, active, changed_at, note"
                                + " ON item FOR EACH ROW EXECUTE FUNCTION flag()",
                        "VACUUM ANALYZE item");
        track.external()
                .execute(track.targetDatabase(), Track.TABLE, "CREATE TABLE cursor AS SELECT 0::bigint AS sequence_id");
        engine = EngineProcess.launch(
                RowByRowEngine.class, Heap.MEGABYTES, Map.of("source", track.sourceUrl(), "target", track.targetUrl()));
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
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
