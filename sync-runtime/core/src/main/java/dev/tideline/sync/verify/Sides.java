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

        SideLook look(Session session) {
            return new SideLook(session.withSearchPath(searchPath), rows, hash);
        }
    }

    static Sides of(Comparison of, Session source, Session target) {
        Server there = source.server();
        Server here = target.server();
        TableName table = here.here(of.mapping().target());
        Map<String, String> types =
                target.look("its columns were read", connection -> TargetTable.types(connection, of.mapping(), table));
        RowHash hash = RowHash.inCommon(there, here);
        return new Sides(
                new OneSide(Side.SOURCE, there, RowSet.source(of.mapping(), of.tenant()), hash, there.searchPath()),
                new OneSide(Side.TARGET, here, RowSet.target(of.mapping(), table, types), hash, there.searchPath()));
    }
}
