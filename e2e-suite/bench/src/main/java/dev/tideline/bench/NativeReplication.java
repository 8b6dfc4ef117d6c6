package dev.tideline.bench;

import java.sql.SQLException;

/** Postgres' own logical replication: a publication of the table and one subscription. */
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
        track.external()
                .execute(
                        track.targetDatabase(),
                        "CREATE SUBSCRIPTION " + NAME + " CONNECTION 'host="
                                + track.source().host() + " port="
                                + track.source().port() + " user="
                                + track.source().user() + " password="
                                + track.source().password() + " dbname=" + track.sourceDatabase()
                                + "' PUBLICATION " + NAME);
        subscribed = true;
    }

    @Override
    public void pause() throws SQLException {
        track.external().execute(track.targetDatabase(), "ALTER SUBSCRIPTION " + NAME + " DISABLE");
    }

    @Override
    public void resume() throws SQLException {
        track.external().execute(track.targetDatabase(), "ALTER SUBSCRIPTION " + NAME + " ENABLE");
    }

    @Override
    public void close() throws SQLException {
        if (subscribed) {
            // Drops the slot at the source too, which would keep the database from being dropped.
            track.external().execute(track.targetDatabase(), "DROP SUBSCRIPTION " + NAME);
        }
    }
}
