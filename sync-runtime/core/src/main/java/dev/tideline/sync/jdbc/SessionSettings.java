package dev.tideline.sync.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How every session of ours behaves, at both ends, whatever its role, its database or its server has been set to. Of two
 * sessions with different settings the one may write what the other reads otherwise: {@code NULL} in an array becomes a
 * text, a day a month, a row that a policy hides a row that is gone. Immutable.
 *
 * <p>Left as they are: {@code role} and {@code search_path}, which say whose rights and which schema are meant;
 * {@code default_transaction_read_only}, with which an owner, or a full disk, stops whoever writes; where new tables go; and
 * what only a superuser may set.
 */
public final class SessionSettings {

    /** Before the first statement: these could end the session before it came to the others. */
    private static final String AT_LOGIN = "-c statement_timeout=0 -c default_transaction_isolation=read\\ committed";

    private static final Map<String, String> EVERYWHERE = new LinkedHashMap<>();

    static {
        // What values look like.
        EVERYWHERE.put("TimeZone", "UTC");
        EVERYWHERE.put("DateStyle", "ISO, YMD");
        EVERYWHERE.put("IntervalStyle", "postgres");
        EVERYWHERE.put("timezone_abbreviations", "Default");
        EVERYWHERE.put("extra_float_digits", "3");
        EVERYWHERE.put("bytea_output", "hex");
        EVERYWHERE.put("lc_monetary", "C");
        EVERYWHERE.put("array_nulls", "on");
        EVERYWHERE.put("xmloption", "content");
        EVERYWHERE.put("xmlbinary", "base64");
        EVERYWHERE.put("quote_all_identifiers", "off");
        // What statements mean.
        EVERYWHERE.put("standard_conforming_strings", "on");
        EVERYWHERE.put("backslash_quote", "safe_encoding");
        EVERYWHERE.put("transform_null_equals", "off");
        // What they see: a policy that would hide rows is an error, and an index gives all that it finds.
        EVERYWHERE.put("row_security", "off");
        EVERYWHERE.put("gin_fuzzy_search_limit", "0");
        EVERYWHERE.put("restrict_nonsystem_relation_kind", ""); // views of ours, and of a select
        // Transactions: what a pass and a merge do is right in this isolation.
        EVERYWHERE.put("default_transaction_isolation", "read committed");
        EVERYWHERE.put("default_transaction_deferrable", "off");
        EVERYWHERE.put("statement_timeout", "0");
        EVERYWHERE.put("lock_timeout", "0");
        EVERYWHERE.put("idle_in_transaction_session_timeout", "0");
        EVERYWHERE.put("idle_session_timeout", "0"); // from 14 on
        EVERYWHERE.put("transaction_timeout", "0"); // from 17 on
        // A session goes on after an error, and says nothing that nobody reads.
        EVERYWHERE.put("exit_on_error", "off");
        EVERYWHERE.put("client_min_messages", "warning");
        // Others cannot be merged into.
        EVERYWHERE.put("default_table_access_method", "heap");
        // Compiling takes longer than what is compiled here. A plan that has to read a table of one row against
        // enable_seqscan costs 10,000,000,000 before Postgres 18, which asks for it.
        EVERYWHERE.put("jit", "off");
    }

    /** What is ours. */
    static final SessionSettings SOURCE = new SessionSettings(EVERYWHERE);

    /**
     * For servers that may be anybody's: a lock that somebody holds there fails a statement after 10 s, and the server ends
     * a session of ours that stands still in a transaction for a minute.
     */
    static final SessionSettings TARGET = SOURCE.with("lock_timeout", "10s")
            .with("idle_in_transaction_session_timeout", "60s")
            .with("client_min_messages", "error"); // triggers of theirs may have much to say

    private final Map<String, String> values;

    private SessionSettings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    private SessionSettings with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new SessionSettings(changed);
    }

    /** The driver's property {@code options}. */
    static String atLogin() {
        return AT_LOGIN;
    }

    /** Sets them for the session, but for those that this version of Postgres does not know. */
    String sql() {
        return "SELECT pg_catalog.set_config(name, value, false) FROM (VALUES "
                + values.entrySet().stream()
                        .map(setting -> "('" + setting.getKey() + "', '" + setting.getValue() + "')")
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ") s (name, value) WHERE pg_catalog.current_setting(name, true) IS NOT NULL";
    }
}
