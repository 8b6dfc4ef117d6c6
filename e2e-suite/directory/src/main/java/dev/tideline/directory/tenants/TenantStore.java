package dev.tideline.directory.tenants;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.KeyKind;
import dev.tideline.directory.tokens.TokenHash;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One tenant, within one transaction. */
public final class TenantStore extends Store {

    public TenantStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(ExternalDatabase.class));
    }

    /** The target of the tenant's rows. The address contains a password, and is never returned. */
    record ExternalDatabase(String name, boolean enabled) {}

    boolean add(String displayName) {
        return updateText("INSERT INTO tenancy (id, display_name) VALUES (:tenant, :name) ON CONFLICT DO NOTHING")
                        .bind("name", displayName)
                        .execute()
                == 1;
    }

    void addKey(KeyKind kind, String key) {
        updateText("INSERT INTO api_key (tenancy_id, kind, key_hash) VALUES (:tenant, :kind, :hash)")
                .bind("kind", kind.text())
                .bind("hash", TokenHash.of(key))
                .execute();
    }

    boolean delete() {
        return updateText("DELETE FROM tenancy WHERE id = :tenant").execute() == 1;
    }

    public Settings settings() {
        return queryText("SELECT require_email_verification, sign_up_mode FROM tenancy WHERE id = :tenant")
                .map((row, context) -> new Settings(
                        new Settings.Onboarding(row.getBoolean(1)),
                        Settings.SignUpMode.valueOf(row.getString(2).toUpperCase(java.util.Locale.ROOT))))
                .one();
    }

    /** Until the end of the transaction; settings are changed by one at a time. */
    void lock() {
        queryText("SELECT id FROM tenancy WHERE id = :tenant FOR NO KEY UPDATE")
                .mapTo(String.class)
                .one();
    }

    void set(Settings settings) {
        update("set-settings")
                .bind("verification", settings.onboarding().requireEmailVerification())
                .bind("mode", settings.signUpMode().toString())
                .execute();
    }

    /** Invalidates the tokens of all users whose restriction has changed. */
    void renewUnverifiedUsers() {
        update("renew-unverified-users").execute();
    }

    List<ExternalDatabase> externalDatabases() {
        return queryText("SELECT name, enabled FROM external_database WHERE tenant = :tenant ORDER BY name")
                .mapTo(ExternalDatabase.class)
                .list();
    }

    void putExternalDatabase(String name, String url, boolean enabled) {
        update("put-external-database")
                .bind("name", name)
                .bind("url", url)
                .bind("enabled", enabled)
                .execute();
    }

    boolean deleteExternalDatabase(String name) {
        return updateText("DELETE FROM external_database WHERE tenant = :tenant AND name = :name")
                        .bind("name", name)
                        .execute()
                == 1;
    }
}
