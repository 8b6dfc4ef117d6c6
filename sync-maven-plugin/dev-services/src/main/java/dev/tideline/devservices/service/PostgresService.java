package dev.tideline.devservices.service;

import dev.tideline.devservices.readiness.PostgresProbe;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Postgres server.
 *
 * @param name {@code postgres} or {@code external-postgres}: also the name of its port and the prefix of its properties
 */
public record PostgresService(String name) implements ServiceType {

    public static final String USER = "postgres";

    public static final String PASSWORD = "postgres";

    /** The database that always exists. */
    public static final String DATABASE = "postgres";

    /**
     * Our settings of {@code postgresql.conf} beyond the defaults, for any provider, in order.
     *
     * @param durable whether a commit must survive a power failure
     * @param own settings of the user, which win
     */
    public static Map<String, String> serverSettings(boolean durable, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("max_connections", "300");
        // So that users can run logical replication without further settings.
        all.put("wal_level", "logical");
        all.put("max_wal_senders", "32");
        all.put("max_replication_slots", "32");
        all.put("max_worker_processes", "64");
        all.put("max_logical_replication_workers", "32");
        all.put("timezone", "UTC");
        all.put("log_timezone", "UTC");
        all.put("lc_messages", "C");
        all.put("log_line_prefix", "%m [%p] %u@%d ");
        String onOff = durable ? "on" : "off";
        all.put("fsync", onOff);
        all.put("synchronous_commit", onOff);
        all.put("full_page_writes", onOff);
        all.putAll(own);
        return all;
    }

    @Override
    public String title() {
        return name.equals("postgres") ? "Postgres" : "External Postgres";
    }

    @Override
    public List<String> ports() {
        return List.of(name);
    }

    @Override
    public void probe(ServiceAddress address) throws SQLException {
        probeOf(address, DATABASE).ask();
    }

    @Override
    public void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData) {
        new PostgresFurnisher(name, probeOf(address, DATABASE)).furnish(spec, freshData);
    }

    @Override
    public Map<String, String> properties(ServiceAddress address) {
        String place = address.host() + ":" + address.port(name) + "/" + DATABASE;
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(name + ".url", "postgres://" + USER + ":" + PASSWORD + "@" + place);
        properties.put(name + ".jdbcUrl", "jdbc:postgresql://" + place + "?user=" + USER + "&password=" + PASSWORD);
        properties.put(name + ".host", address.host());
        properties.put(name + ".port", Integer.toString(address.port(name)));
        properties.put(name + ".user", USER);
        properties.put(name + ".password", PASSWORD);
        properties.put(name + ".database", DATABASE);
        return properties;
    }

    @Override
    public List<HowToConnect> waysToConnect(ServiceAddress address) {
        Map<String, String> properties = properties(address);
        String url = properties.get(name + ".url");
        return List.of(
                new HowToConnect("URL", url),
                new HowToConnect("JDBC URL", properties.get(name + ".jdbcUrl")),
                new HowToConnect("psql", "psql " + url),
                new HowToConnect(
                        "Environment",
                        "export PGHOST=" + address.host() + " PGPORT=" + address.port(name) + " PGUSER=" + USER
                                + " PGPASSWORD=" + PASSWORD + " PGDATABASE=" + DATABASE),
                new HowToConnect("Role, password, database", USER + ", " + PASSWORD + ", " + DATABASE));
    }

    private PostgresProbe probeOf(ServiceAddress address, String database) {
        return new PostgresProbe(
                "jdbc:postgresql://" + address.host() + ":" + address.port(name) + "/" + database, USER, PASSWORD);
    }
}
