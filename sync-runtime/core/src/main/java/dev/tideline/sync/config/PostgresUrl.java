package dev.tideline.sync.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A parsed {@code postgres://} address. Its text never shows the password. It comes from customers too, so everything
 * in it is checked on construction: nothing in it can reach the driver as another host, another property, a file or a
 * class.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65,535
 * @param database never empty
 * @param properties libpq parameters of the query string that are allowed, by their libpq names, {@code sslmode} among
 *     them; and {@code currentSchema}, the schema that takes the place of {@code public}
 */
public record PostgresUrl(
        String host,
        int port,
        String database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> properties) {

    /** The schema of tables if the address names none. */
    public static final String DEFAULT_SCHEMA = "public";

    private static final int DEFAULT_CONNECT_TIMEOUT = 10;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    /**
     * Takes the decoded parts.
     *
     * @throws ConfigException if one of them is not allowed in an address
     */
    public PostgresUrl {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        if (!HostAndPort.isHost(host) || port < 1 || port > 65_535) {
            throw PostgresUrlParser.refused("the address has a host or a port that cannot be read", "");
        }
        if (database.isEmpty() || user.filter(String::isEmpty).isPresent()) {
            throw PostgresUrlParser.refused("the address has an empty user or database", "");
        }
        String texts = database + user.orElse("") + password.orElse("");
        if (texts.chars().anyMatch(Character::isISOControl)) {
            throw PostgresUrlParser.refused("the address contains a control character", "");
        }
        properties.forEach((name, value) -> PostgresUrlRules.check(name, value).ifPresent(problem -> {
            throw new ConfigException(problem);
        }));
    }

    /**
     * Reads an address. Hostile input is expected: the length is bounded, and no error quotes user, password, host or
     * database.
     *
     * @throws ConfigException with one problem that has no position yet
     */
    public static PostgresUrl parse(String text) {
        return PostgresUrlParser.parse(text);
    }

    /** The address without password and parameters, for logs, errors and the status API. */
    public String redacted() {
        return "postgres://" + user.map(u -> u + "@").orElse("") + hostAndPort() + "/" + database;
    }

    /** The schema that replaces {@code public}: {@code currentSchema} if given, otherwise {@code public} itself. */
    public String schema() {
        return properties.getOrDefault("currentSchema", DEFAULT_SCHEMA);
    }

    /**
     * Where tables lie, comparable: equal places are the same. Different ones may be, too, under two names of a host.
     *
     * @param host in lower case
     */
    public record Place(String host, int port, String database, String schema) {

        /** Whether another place is in the same database. */
        boolean isInDatabaseOf(Place other) {
            return equals(new Place(other.host, other.port, other.database, schema));
        }
    }

    /** Where its tables lie. */
    public Place place() {
        String lower = host.toLowerCase(Locale.ROOT);
        return new Place(LOOPBACK.contains(lower) ? "localhost" : lower, port, database, schema());
    }

    /** The driver's address: host, port and database only. Everything else is in {@link #driverProperties()}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + hostAndPort() + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /**
     * The driver's properties, including the password: never log them. What the driver would otherwise read from its
     * machine is switched off: {@code .pgpass}, client certificates, Kerberos. Certificates are checked ({@code
     * verify-ca}, {@code verify-full}) against Java's trust store.
     */
    public Properties driverProperties() {
        Properties driver = new Properties();
        user.ifPresent(name -> driver.setProperty("user", name));
        // Without a password the driver looks into the operator's ~/.pgpass, which a customer's address must not reach.
        driver.setProperty("password", password.orElse(""));
        driver.setProperty("requireAuth", "none,password,md5,scram-sha-256");
        driver.setProperty("gssEncMode", "disable");
        driver.setProperty("tcpKeepAlive", "true");
        // Details of an error quote the row's values.
        driver.setProperty("logServerErrorDetail", "false");
        driver.setProperty("ApplicationName", properties.getOrDefault("application_name", "tideline"));
        String timeout = String.valueOf(connectTimeoutSeconds());
        driver.setProperty("connectTimeout", timeout);
        // A server that accepts the connection and then stays silent must not block us forever either.
        driver.setProperty("loginTimeout", timeout);
        driver.setProperty("channelBinding", properties.getOrDefault("channel_binding", "prefer"));
        String sslmode = properties.getOrDefault("sslmode", "prefer");
        driver.setProperty("sslmode", sslmode);
        driver.setProperty(
                "sslfactory",
                sslmode.startsWith("verify")
                        ? "org.postgresql.ssl.DefaultJavaSSLFactory"
                        : "org.postgresql.ssl.NonValidatingFactory");
        return driver;
    }

    /** How long the login may take. */
    public Duration connectTimeout() {
        return Duration.ofSeconds(connectTimeoutSeconds());
    }

    /** How long connecting may take; 10 unless {@code connect_timeout} says otherwise. */
    int connectTimeoutSeconds() {
        return Optional.ofNullable(properties.get("connect_timeout"))
                .map(Integer::valueOf)
                .orElse(DEFAULT_CONNECT_TIMEOUT);
    }

    private String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@link #redacted()}. */
    @Override
    public String toString() {
        return redacted();
    }
}
