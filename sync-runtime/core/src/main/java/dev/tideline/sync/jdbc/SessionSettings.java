package dev.tideline.sync.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of every session of ours, at both ends, whatever its role, database or server defaults to. If two
 * sessions had different settings, one could write what the other reads differently: {@code NULL} in an array becomes a
 * text, a day becomes a month, and a row hidden by a policy looks deleted. Immutable.
 *
 * <p>Left alone are {@code role} and {@code search_path}, which say whose rights and which schema are meant; {@code
 * default_transaction_read_only}, with which an owner (or a provider whose disk is full) stops all writers; where new
 * tables go; and what only a superuser may set.
 */
public final class SessionSettings {

    /** Set before the first statement, because these could end the session before it sets the others. */
    private static final String AT_LOGIN = "-c statement_timeout=0 -c default_transaction_isolation=read\\ committed";

    private static final Map<String, String> EVERYWHERE = new LinkedHashMap<>();

    static {
        // The format of values.
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
        // The meaning of statements.
        EVERYWHERE.put("standard_conforming_strings", "on");
        EVERYWHERE.put("backslash_quote", "safe_encoding");
        EVERYWHERE.put("transform_null_equals", "off");
        // What statements see: a policy that would hide rows is an error, and an index returns everything that it
        // finds.
        EVERYWHERE.put("row_security", "off");
        EVERYWHERE.put("gin_fuzzy_search_limit", "0");
        EVERYWHERE.put("restrict_nonsystem_relation_kind", ""); // our views, and those of a select
        // Transactions: passes and merges are correct at this isolation level.
        EVERYWHERE.put("default_transaction_isolation", "read committed");
        EVERYWHERE.put("default_transaction_deferrable", "off");
        EVERYWHERE.put("statement_timeout", "0");
        EVERYWHERE.put("lock_timeout", "0");
        EVERYWHERE.put("idle_in_transaction_session_timeout", "0");
        EVERYWHERE.put("idle_session_timeout", "0"); // from 14 on
        EVERYWHERE.put("transaction_timeout", "0"); // from 17 on
        // A server notices within a minute that we have vanished, or within 20 s that we have not but have given the
        // connection up, and ends a session that holds locks. (Not tcp_user_timeout: it also counts the time in which
        // we
        // take no data.)
        EVERYWHERE.put("tcp_keepalives_idle", "20");
        EVERYWHERE.put("tcp_keepalives_interval", "10");
        EVERYWHERE.put("tcp_keepalives_count", "4");
        // A session continues after an error, and sends no messages that nobody reads.
        EVERYWHERE.put("exit_on_error", "off");
        EVERYWHERE.put("client_min_messages", "warning");
        // Tables of other access methods may not support INSERT … ON CONFLICT.
        EVERYWHERE.put("default_table_access_method", "heap");
        // Compiling takes longer than it saves. Before Postgres 18, a plan that has to scan a one-row table despite
        // enable_seqscan costs 10,000,000,000, which triggers JIT.
        EVERYWHERE.put("jit", "off");
    }

    static final SessionSettings SOURCE = new SessionSettings(EVERYWHERE);

    /**
     * For servers that may be anybody's: a statement fails after waiting 10 s for a lock, and the server ends our
     * session after a minute idle in a transaction.
     */
    static final SessionSettings TARGET = SOURCE.with("lock_timeout", "10s")
            .with("idle_in_transaction_session_timeout", "60s")
            .with("client_min_messages", "error"); // their triggers may be talkative

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

    /** The statement that sets them for the session, except for those that this version of Postgres does not know. */
    String sql() {
        return "SELECT pg_catalog.set_config(name, value, false) FROM (VALUES "
                + values.entrySet().stream()
                        .map(setting -> "('" + setting.getKey() + "', '" + setting.getValue() + "')")
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ") s (name, value) WHERE pg_catalog.current_setting(name, true) IS NOT NULL";
    }
}
