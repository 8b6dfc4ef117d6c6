package dev.tideline.sync.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which parameters an address may carry. It comes from a customer, so this is a list of what is known to be harmless:
 * nothing that names a file, a class or another host, nothing that sets session parameters.
 */
final class PostgresUrlRules {

    private static final Map<String, Pattern> ALLOWED = Map.of(
            "sslmode", Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full"),
            "application_name", Pattern.compile("[ -~]{1,63}"),
            "connect_timeout", Pattern.compile("[1-9]\\d?|[12]\\d\\d|300"),
            "channel_binding", Pattern.compile("disable|prefer|require"),
            // One schema only: a list would be a search path, in which a customer could put a table before ours.
            "currentSchema", Pattern.compile("(?!pg_|information_schema$)[^\\x00-\\x1f\\x7f,]{1,63}"));

    private static final Map<String, String> MEANING = Map.of(
            "sslmode", "disable, allow, prefer, require, verify-ca or verify-full",
            "application_name", "1 to 63 printable ASCII characters",
            "connect_timeout", "a number of seconds from 1 to 300",
            "channel_binding", "disable, prefer or require",
            "currentSchema", "the name of one schema, and not a system schema");

    private static final Set<String> FILES = Set.of(
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslcrl",
            "sslcrldir",
            "sslpassword",
            "passfile",
            "service",
            "servicefile",
            "loggerfile");
    private static final Set<String> CLASSES = Set.of(
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "socketfactory",
            "socketfactoryarg",
            "authenticationpluginclassname",
            "xmlfactoryfactory",
            "connectexecutor",
            "connectexecutorarg",
            "sspiserviceclass",
            "classloaderstrategy",
            "jaasapplicationname",
            "gsslib");
    private static final Set<String> SESSION = Set.of("options", "role", "search_path", "searchpath", "schema");
    private static final Set<String> HOSTS = Set.of(
            "host",
            "hostaddr",
            "port",
            "user",
            "password",
            "dbname",
            "pghost",
            "pgport",
            "pgdbname",
            "target_session_attrs",
            "targetservertype",
            "load_balance_hosts",
            "loadbalancehosts",
            "localsocketaddress");

    private PostgresUrlRules() {}

    /** What is wrong with a parameter, if anything; its value is never quoted. */
    static Optional<Problem> check(String name, String value) {
        Pattern form = ALLOWED.get(name);
        if (form == null) {
            return Optional.of(refusal(name));
        }
        return form.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(
                        Problem.of("the address has an invalid " + name, "It must be " + MEANING.get(name) + "."));
    }

    private static Problem refusal(String name) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        String what = "the address has the parameter " + shown + ", which is not allowed";
        String rest = "Allowed are " + String.join(", ", new TreeSet<>(ALLOWED.keySet())) + ".";
        if (FILES.contains(lower)) {
            return Problem.of(what + " because it names a file", rest);
        }
        if (CLASSES.contains(lower)) {
            return Problem.of(what + " because it names a class", rest);
        }
        if (SESSION.contains(lower)) {
            return Problem.of(
                    what + " because it sets session parameters", "To name a schema write currentSchema. " + rest);
        }
        if (HOSTS.contains(lower)) {
            return Problem.of(
                    what + " because it would change where the connection goes",
                    "Write user, password, host, port and database before the question mark.");
        }
        return Problem.of(what, NearestName.hint(name, ALLOWED.keySet(), rest));
    }
}
