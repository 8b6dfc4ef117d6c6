package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.TableName;
import java.util.Map;

/** How each side is read, decided after both servers were queried. */
record Sides(OneSide source, OneSide target) {

    /** One side: its rows, with settings and a hash that both have in common. */
    record OneSide(Side side, Server server, RowSet rows, RowHash hash, String searchPath) {

        SideScan scan(Session session, VerifyListener listener) {
            return new SideScan(side, session.withSearchPath(searchPath), server, rows, hash, listener);
        }

        SideReader reader(Session session) {
            return new SideReader(session.withSearchPath(searchPath), rows, hash);
        }
    }

    static Sides of(Comparison of, Session source, Session target) {
        Server atSource = source.server();
        Server atTarget = target.server();
        TableName table = atTarget.tableOf(of.mapping().target());
        Map<String, String> types = target.read(
                "its columns were read", connection -> TargetColumns.types(connection, of.mapping(), table));
        RowHash hash = RowHash.inCommon(atSource, atTarget);
        return new Sides(
                new OneSide(
                        Side.SOURCE, atSource, RowSet.source(of.mapping(), of.tenant()), hash, atSource.searchPath()),
                new OneSide(
                        Side.TARGET, atTarget, RowSet.target(of.mapping(), table, types), hash, atSource.searchPath()));
    }
}
