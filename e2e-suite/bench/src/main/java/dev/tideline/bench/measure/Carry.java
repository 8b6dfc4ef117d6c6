package dev.tideline.bench.measure;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.track.Finish;
import dev.tideline.bench.track.Track;
import java.io.IOException;
import java.sql.SQLException;

/** A contestant with its databases: what it applies, and how long that takes. For one thread. */
public record Carry(Contestant contestant, Track track, Finish finish) {

    /** Installs it and fills the target. @return seconds for the target */
    public double copy() throws SQLException, IOException {
        contestant.install(track);
        track.mark("copy");
        String goal = finish.goal();
        long start = System.nanoTime();
        contestant.addTarget();
        return finish.secondsSince(start, goal, "copy");
    }

    /** Lets a backlog collect and drains it. @return seconds for draining */
    public double drain(int transactions, String mark) throws SQLException, IOException, InterruptedException {
        contestant.pause();
        track.write(transactions, mark);
        return resume(mark);
    }

    /** Drains what has collected since a pause. @param mark in the row that was changed last */
    public double resume(String mark) throws SQLException, IOException {
        String goal = finish.goal();
        long start = System.nanoTime();
        contestant.resume();
        return finish.secondsSince(start, goal, mark);
    }
}
