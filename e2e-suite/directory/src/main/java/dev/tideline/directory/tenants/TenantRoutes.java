package dev.tideline.directory.tenants;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.KeyKind;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.passwords.SecretHash;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /tenants}, {@code /internal/settings} and {@code /internal/external-databases}. */
public record TenantRoutes(Database database) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    record NewTenant(String id, String displayName) {}

    /** Shown once; only hashes are stored. */
    record ApiKeys(String client, String server, String admin) {}

    record TenantJson(String id, String displayName, ApiKeys apiKeys) {}

    record DatabaseAddress(String url, Optional<Boolean> enabled) {}

    public void addTo(Api api) {
        api.post("/tenants", Access.OPERATOR, "Makes a tenant, and shows its keys once")
                .takes(NewTenant.class)
                .gives(201, TenantJson.class)
                .by(this::add);
        api.delete("/tenants/{tenant_id}", Access.OPERATOR, "Deletes a tenant with everything that belongs to it")
                .by(this::delete);
        api.get("/internal/settings", Access.ADMIN, "Shows the settings")
                .gives(Settings.class)
                .by(call -> database.inTransaction(handle -> new TenantStore(handle, call.tenant()).settings()));
        api.patch("/internal/settings", Access.ADMIN, "Changes settings")
                .takes(Settings.class)
                .gives(Settings.class)
                .by(this::change);
        api.get("/internal/external-databases", Access.ADMIN, "Lists where the tenant's rows go")
                .gives(OpenApi.listOf(TenantStore.ExternalDatabase.class))
                .by(call -> Items.all(
                        database.inTransaction(handle -> new TenantStore(handle, call.tenant()).externalDatabases())));
        api.put("/internal/external-databases/{name}", Access.ADMIN, "Sends the tenant's rows to a database")
                .takes(DatabaseAddress.class)
                .gives(TenantStore.ExternalDatabase.class)
                .by(this::putDatabase);
        api.delete("/internal/external-databases/{name}", Access.ADMIN, "Sends nothing there any more")
                .by(this::deleteDatabase);
    }

    private TenantJson add(Call call) {
        NewTenant wanted = call.body(NewTenant.class);
        String id = Check.required(wanted.id(), "id");
        if (!ID.matcher(id).matches()) {
            throw ApiException.schema("id", "must be 1 to 63 small letters, digits and hyphens");
        }
        String name = Check.text(wanted.displayName(), "display_name", 200);
        return database.inTransaction(handle -> {
            TenantStore tenants = new TenantStore(handle, id);
            if (!tenants.add(name)) {
                throw new ApiException(409, "TENANT_ALREADY_EXISTS", "There is a tenant " + id + " already");
            }
            ApiKeys keys = new ApiKeys(newKey(KeyKind.CLIENT), newKey(KeyKind.SERVER), newKey(KeyKind.ADMIN));
            tenants.addKey(KeyKind.CLIENT, keys.client());
            tenants.addKey(KeyKind.SERVER, keys.server());
            tenants.addKey(KeyKind.ADMIN, keys.admin());
            return new TenantJson(id, name, keys);
        });
    }

    private static String newKey(KeyKind kind) {
        return kind.text() + "_" + SecretHash.randomText(24);
    }

    private Object delete(Call call) {
        if (!database.inTransaction(handle -> new TenantStore(handle, call.path("tenant_id")).delete())) {
            throw new ApiException(404, "TENANT_NOT_FOUND", "There is no tenant " + call.path("tenant_id"));
        }
        return null;
    }

    private Settings change(Call call) {
        Settings sent = call.body(Settings.class);
        return database.inTransaction(handle -> {
            TenantStore tenants = new TenantStore(handle, call.tenant());
            tenants.lock();
            Settings before = tenants.settings();
            Settings after = before.change(sent);
            tenants.set(after);
            if (!after.onboarding().equals(before.onboarding())) {
                tenants.renewUnverifiedUsers();
            }
            return after;
        });
    }

    private TenantStore.ExternalDatabase putDatabase(Call call) {
        DatabaseAddress sent = call.body(DatabaseAddress.class);
        String name = Check.text(call.path("name"), "name", 63);
        String url = Check.text(sent.url(), "url", 2000);
        if (!url.matches("postgres(ql)?://.+")) {
            throw ApiException.schema("url", "must begin with postgres://");
        }
        boolean enabled = sent.enabled() == null || sent.enabled().orElse(true);
        database.useTransaction(
                handle -> new TenantStore(handle, call.tenant()).putExternalDatabase(name, url, enabled));
        return new TenantStore.ExternalDatabase(name, enabled);
    }

    private Object deleteDatabase(Call call) {
        if (!database.inTransaction(
                handle -> new TenantStore(handle, call.tenant()).deleteExternalDatabase(call.path("name")))) {
            throw new ApiException(
                    404, "EXTERNAL_DATABASE_NOT_FOUND", "There is no external database " + call.path("name"));
        }
        return null;
    }
}
