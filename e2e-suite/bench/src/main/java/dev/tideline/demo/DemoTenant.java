package dev.tideline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.client.DirectoryClient;
import dev.tideline.directory.client.DirectoryClient.Address;
import dev.tideline.e2e.ServerAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/**
 * A tenant of the demo.
 *
 * @param id also its name in messages
 * @param hasWaitlist whether people wait after they signed up
 * @param database name of its external database on {@code server}
 * @param client the API with its client key
 * @param serverSide the API with its server key
 * @param admin the API with its admin key
 */
record DemoTenant(
        String id,
        boolean hasWaitlist,
        ServerAddress server,
        String database,
        KeyCaller client,
        KeyCaller serverSide,
        KeyCaller admin) {

    /** Tables of the external database. */
    private static final List<String> TABLES = List.of(
            "users", "contact_channels", "teams", "team_memberships", "invitations", "outbox_mails", "refresh_tokens");

    /** Creates the tenant in Directory, with its rules for new users. */
    static DemoTenant make(KeyCaller operator, String id, boolean waitlist, ServerAddress server) {
        JsonNode keys = operator.call("POST", "/tenants", Map.of("id", id, "display_name", id))
                .get("api_keys");
        DemoTenant tenant = new DemoTenant(
                id,
                waitlist,
                server,
                databaseOf(id),
                operator.of(id, keys.get("client").asText()),
                operator.of(id, keys.get("server").asText()),
                operator.of(id, keys.get("admin").asText()));
        tenant.admin.call(
                "PATCH",
                "/internal/settings",
                Map.of(
                        "sign_up_mode",
                        waitlist ? "waitlist" : "open",
                        "onboarding",
                        Map.of("require_email_verification", true)));
        return tenant;
    }

    static String databaseOf(String id) {
        return DemoStage.SOURCE + "_" + id;
    }

    String url() {
        return server.url(database);
    }

    /** Makes Tideline sync the tenant's rows to the external database from now on. */
    void connectDatabase() {
        admin.call("PUT", "/internal/external-databases/main", Map.of("url", url()));
    }

    /** Signs somebody up, and calls as that user. */
    DirectoryClient signUp(OkHttpClient http, Map<String, Object> who) {
        JsonNode session = client.call("POST", "/auth/sign-up", who);
        return new DirectoryClient(
                http,
                new Address(client.url(), id, client.key()),
                session.get("refresh_token").asText());
    }

    /** Whether the first copy of all mappings is complete. */
    boolean isCopied(int mappings) throws SQLException {
        String cursors = "SELECT count(*) FROM tideline_sync_metadata WHERE last_synced_sequence_id >= 0";
        return Integer.parseInt(server.text(database, cursors)) == mappings;
    }

    /** The number of rows in the external database. */
    long rows() throws SQLException {
        return Long.parseLong(server.text(
                database,
                TABLES.stream()
                        .map(table -> "(SELECT count(*) FROM " + table + ")")
                        .collect(Collectors.joining(" + ", "SELECT ", ""))));
    }
}
