package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import java.util.List;

/**
 * A hash of values that is equal wherever their text is equal. The text is that of a row, which writes NULL as nothing
 * and the empty string as {@code ""}, and quotes what would be ambiguous. It comes from the types' output functions, as
 * in COPY, so that an enum equals the text that it became at the target.
 *
 * <p>Of 1.4 s for 1M rows of seven columns, the text takes 1.3 s and the fast hash 0.1 s; md5 takes 1.0 s more, and
 * servers in FIPS mode reject it.
 */
enum RowHash {
    /** 64 bits of the server's own hash. Used only if both sides were found to agree on it and store text as UTF-8. */
    FAST {
        @Override
        String of(List<String> values) {
            return "pg_catalog.hashtextextended(" + text(values) + " COLLATE pg_catalog.\"C\", 0)";
        }
    },
    /** The first 64 bits of SHA-256 over UTF-8. The same everywhere. */
    SHA256 {
        @Override
        String of(List<String> values) {
            return "('x' || pg_catalog.encode(pg_catalog.substring(pg_catalog.sha256(pg_catalog.convert_to("
                    + text(values) + ", 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint";
        }
    };

    /** SQL for the hash of these expressions, a {@code bigint}. */
    abstract String of(List<String> values);

    static RowHash inCommon(Session.Server source, Session.Server target) {
        return source.probe().isPresent() && source.probe().equals(target.probe()) ? FAST : SHA256;
    }

    private static String text(List<String> values) {
        return "ROW(" + Sql.list(values, v -> v) + ")::text";
    }
}
