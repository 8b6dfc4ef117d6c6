package dev.tideline.sync.runtime;

import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** This runtime's entry in the list of all that work on the source. Safe for use by many threads. */
public record ProcessEntry(Claimant claimant, String role) {

    public void register(Connection session) throws SQLException {
        if (!Jdbc.one(session, "SELECT to_regclass('tideline.process') IS NOT NULL", row -> row.getBoolean(1))) {
            return; // nothing is installed for now
        }
        Jdbc.update(
                session,
                SqlTemplate.text("6-status/register-process"),
                claimant.number(),
                Claimant.LOCK_CLASS,
                claimant.number(),
                host(),
                ProcessHandle.current().pid(),
                version(),
                role);
    }

    /** Records that it holds the right to sequence. */
    void leads(Connection session) throws SQLException {
        Jdbc.update(
                session,
                "UPDATE tideline.process SET leading_since = clock_timestamp() WHERE number = ?",
                claimant.number());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    static String version() {
        return Optional.ofNullable(ProcessEntry.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
