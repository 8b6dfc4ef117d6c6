package dev.tideline.directory.accounts;

import dev.tideline.directory.accounts.AccountStore.ConnectedAccount;
import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.users.UserStore;
import java.util.UUID;

/** {@code /users/{user_id}/connected-accounts}. */
public record AccountRoutes(Database database) {

    private static final String PATH = "/users/{user_id}/connected-accounts";

    record AccountId(String providerAccountId) {}

    public void addTo(Api api) {
        api.get(PATH, Access.USER_OR_SERVER, "Lists the accounts that a user has connected")
                .gives(OpenApi.listOf(ConnectedAccount.class))
                .by(this::list);
        api.put(PATH + "/{provider}", Access.SERVER, "Connects a user's account at a provider")
                .takes(AccountId.class)
                .gives(ConnectedAccount.class)
                .by(this::put);
        api.delete(PATH + "/{provider}", Access.SERVER, "Takes a connection away")
                .by(this::delete);
    }

    private Items<ConnectedAccount> list(Call call) {
        UUID user = call.user();
        return Items.all(database.inTransaction(handle -> {
            new UserStore(handle, call.tenant()).get(user);
            return new AccountStore(handle, call.tenant()).of(user);
        }));
    }

    private ConnectedAccount put(Call call) {
        UUID user = call.id("user_id");
        String provider = Check.text(call.path("provider"), "provider", 63);
        String account = Check.text(call.body(AccountId.class).providerAccountId(), "provider_account_id", 200);
        return database.inTransaction(handle -> {
            AccountStore accounts = new AccountStore(handle, call.tenant());
            new UserStore(handle, call.tenant()).change(user, () -> {
                accounts.lock(provider);
                if (accounts.owner(provider, account)
                        .filter(owner -> !owner.equals(user))
                        .isPresent()) {
                    throw new ApiException(
                            409, "CONNECTED_ACCOUNT_ALREADY_USED", "Somebody else has connected this account");
                }
                accounts.put(user, provider, account);
            });
            return new ConnectedAccount(user, provider, account);
        });
    }

    private Object delete(Call call) {
        if (!database.inTransaction(
                handle -> new AccountStore(handle, call.tenant()).delete(call.id("user_id"), call.path("provider")))) {
            throw new ApiException(
                    404, "CONNECTED_ACCOUNT_NOT_FOUND", "The user has connected no account of this provider");
        }
        return null;
    }
}
