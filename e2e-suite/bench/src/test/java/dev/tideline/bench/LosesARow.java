package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.track.Track;
import java.sql.SQLException;

/** Copies all rows but the first, and says nothing. */
final class LosesARow implements Contestant {

    private Track track;

    @Override
    public String subject() {
        return "loses-a-row";
    }

    @Override
    public void install(Track onTrack) {
        track = onTrack;
    }

    @Override
    public void addTarget() throws SQLException {
        track.external().execute(track.targetDatabase(), Track.TABLE);
        String[] rows = track.source()
                .texts(
                        track.sourceDatabase(),
                        "SELECT format('INSERT INTO item SELECT (%L::item).*', item) FROM item WHERE id > 1")
                .toArray(String[]::new);
        track.external().execute(track.targetDatabase(), rows);
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {}
}
