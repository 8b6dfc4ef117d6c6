package dev.tideline.bench.contestant;

import dev.tideline.bench.track.Track;
import dev.tideline.e2e.ServerAddress;
import dev.tideline.testkit.Eventually;
import java.sql.SQLException;

/** Postgres' own logical replication: a publication of the table and one subscription, with their defaults. */
final class NativeReplication implements Contestant {

    private static final String NAME = "bench_native";

    private Track track;
    private boolean subscribed;

    @Override
    public String subject() {
        return "native";
    }

    @Override
    public void install(Track onTrack) throws SQLException {
        track = onTrack;
        track.source().execute(track.sourceDatabase(), "CREATE PUBLICATION " + NAME + " FOR TABLE item");
        track.external().execute(track.targetDatabase(), Track.TABLE);
    }

    @Override
    public void addTarget() throws SQLException {
        ServerAddress source = track.source();
        track.external()
                .execute(
                        track.targetDatabase(),
                        "CREATE SUBSCRIPTION " + NAME + " CONNECTION 'host=" + source.host() + " port=" + source.port()
                                + " user=" + source.user() + " password=" + source.password() + " dbname="
                                + track.sourceDatabase() + "' PUBLICATION " + NAME);
        subscribed = true;
    }

    @Override
    public void pause() throws SQLException {
        track.external().execute(track.targetDatabase(), "ALTER SUBSCRIPTION " + NAME + " DISABLE");
        Eventually.await("the subscription's worker ends")
                .until(() -> track.external()
                        .text(
                                track.targetDatabase(),
                                "SELECT count(*) FROM pg_stat_subscription WHERE subname = '" + NAME
                                        + "' AND pid IS NOT NULL")
                        .equals("0"));
    }

    @Override
    public void resume() throws SQLException {
        track.external().execute(track.targetDatabase(), "ALTER SUBSCRIPTION " + NAME + " ENABLE");
    }

    @Override
    public void close() throws SQLException {
        if (subscribed) {
            // Also drops the slot at the source, which would keep the database from being dropped.
            track.external().execute(track.targetDatabase(), "DROP SUBSCRIPTION " + NAME);
        }
    }
}
