package dev.tideline.sync.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Parses an address by hand: {@code java.net.URI} quotes its input in its errors, and the input contains a password. No
 * problem raised here quotes anything but the scheme and the names of parameters.
 */
final class PostgresUrlParser {

    private static final int LONGEST = 4_096;
    private static final String FORM = "Write postgres://user:password@host:port/database?sslmode=require.";

    private PostgresUrlParser() {}

    static PostgresUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw refused("the address is longer than " + LONGEST + " characters", FORM);
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw refused("the address contains a blank or a control character", "Write it percent-encoded: %20.");
        }
        String rest = afterScheme(text);
        if (rest.indexOf('#') >= 0) {
            throw refused("the address contains #", "In a password write it percent-encoded: %23.");
        }
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String location = question < 0 ? rest : rest.substring(0, question);
        int slash = location.indexOf('/');
        String authority = slash < 0 ? location : location.substring(0, slash);
        String path = slash < 0 ? "" : location.substring(slash + 1);
        if (path.indexOf('/') >= 0 || path.indexOf('@') >= 0) {
            throw refused(
                    "the address has more than a database name after the host",
                    "In a password or a name write / as %2F, ? as %3F and @ as %40.");
        }
        int at = authority.lastIndexOf('@');
        if (at < 0) {
            throw refused("the address names no user", FORM);
        }
        String login = authority.substring(0, at);
        if (login.indexOf('@') >= 0) {
            throw refused("the address has a second @ before the host", "In a user or password write it as %40.");
        }
        int colon = login.indexOf(':');
        String user = decode(colon < 0 ? login : login.substring(0, colon), "user");
        Optional<String> password = colon < 0
                ? Optional.empty()
                : Optional.of(decode(login.substring(colon + 1), "password")).filter(word -> !word.isEmpty());
        String database = decode(path, "database");
        HostAndPort host = HostAndPort.parse(authority.substring(at + 1));
        return new PostgresUrl(
                host.host(),
                host.port(),
                database.isEmpty() ? user : database,
                Optional.of(user),
                password,
                parameters(query));
    }

    private static String afterScheme(String text) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (scheme.equals("postgres") || scheme.equals("postgresql")) {
            return text.substring(colon + 3);
        }
        if (scheme.matches("jdbc:[a-z:]{1,20}")) {
            throw refused("this is a JDBC address, and not a Postgres one", FORM);
        }
        String named = scheme.matches("[a-z][a-z0-9+.-]{0,19}") ? " but " + scheme + "://" : "";
        throw refused("the address does not begin with postgres:// or postgresql://" + named, FORM);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), "parameters");
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "parameters");
            PostgresUrlRules.check(name, value).ifPresent(problem -> {
                throw new ConfigException(problem);
            });
            if (parameters.put(name, value) != null) {
                throw refused("the address has the parameter " + name + " twice", "Keep one of the two.");
            }
        }
        return parameters;
    }

    /** Percent-decoding as in libpq: a plus sign stays a plus sign. */
    private static String decode(String text, String part) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c != '%') {
                bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw refused(
                        "the address has a % without two hexadecimal digits in its " + part,
                        "Write the percent sign itself as %25.");
            }
            bytes.put((byte) (high << 4 | low));
            i += 3;
        }
        try {
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            if (decoded.chars().anyMatch(Character::isISOControl)) {
                throw refused("the address has a control character in its " + part, "Leave it out.");
            }
            return decoded;
        } catch (CharacterCodingException e) {
            throw refused("the address is not UTF-8 in its " + part, "Percent-encode the bytes of UTF-8.");
        }
    }

    static ConfigException refused(String what, String hint) {
        return new ConfigException(Problem.of(what, hint));
    }
}
