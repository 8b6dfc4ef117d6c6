package dev.tideline.sync.sequence;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.sequence.Peek.NewChanges;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Carries on the traces of a pass's changes, for writers that named one: the pass's span is linked with them, and the
 * requests of their tenants continue them. Without such writers it queries nothing.
 */
final class TraceContext {

    /** Links of a span; more would add no information. */
    private static final int MOST_LINKS = 32;

    private static final String WRITERS = SqlTemplate.text("2-sequence/writers");

    private TraceContext() {}

    static void carry(Connection connection, Peek peek, InstalledLayout layout, Span span) throws SQLException {
        boolean traced = false;
        for (NewChanges changes : peek.news()) {
            InstalledStream installed = layout.find(changes.stream()).orElse(null);
            if (changes.traced() == 0 || installed == null) {
                continue;
            }
            traced = true;
            if (installed.stream().kind() != Stream.Kind.DEPENDENCY) { // its changes do not name the tenant
                Jdbc.update(connection, SequenceSql.carryTrace(installed), peek.earlier(), peek.later());
            }
        }
        if (traced && span.isRecording()) {
            Jdbc.list(connection, WRITERS, row -> row.getString(1), peek.earlier(), peek.later(), MOST_LINKS)
                    .forEach(traceparent -> Tracing.link(span, traceparent));
        }
    }
}
