package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.service.PostgresService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Our settings beyond the defaults of Postgres. */
final class PostgresSettings {

    private PostgresSettings() {}

    /** The content of {@code tideline.conf}: first our settings, then the user's, so that the user's take effect. */
    static String configuration(Durability durability, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addresses", "127.0.0.1");
        // No socket file: its path may be at most 107 bytes long, which a workspace easily exceeds.
        all.put("unix_socket_directories", "");
        all.putAll(PostgresService.serverSettings(durability == Durability.DURABLE, own));
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + quote(setting.getValue()) + "\n")
                .collect(Collectors.joining(
                        "", "# Written at every start. Your own settings belong into the POM.\n", ""));
    }

    private static String quote(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
