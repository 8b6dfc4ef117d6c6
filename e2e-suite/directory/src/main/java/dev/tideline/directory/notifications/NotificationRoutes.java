package dev.tideline.directory.notifications;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.http.Page;
import dev.tideline.directory.users.UserStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Preferences of users, and {@code /emails/unsubscribe}. */
public record NotificationRoutes(Database database, UnsubscribeLinks links) {

    record Wanted(Boolean enabled) {}

    public void addTo(Api api) {
        api.get("/users/{user_id}/notification-preferences", Access.USER_OR_SERVER, "Lists which mail a user wants")
                .gives(OpenApi.listOf(PreferenceStore.Preference.class))
                .by(this::list);
        api.put(
                        "/users/{user_id}/notification-preferences/{notification_category_name}",
                        Access.USER_OR_SERVER,
                        "Says whether a user wants a category")
                .takes(Wanted.class)
                .gives(OpenApi.listOf(PreferenceStore.Preference.class))
                .by(this::set);
        api.get(UnsubscribeLinks.PATH, Access.OPEN, "A page with a button; changes nothing by itself")
                .query("token", "string", "from the link in a mail")
                .gives(String.class)
                .by(this::ask);
        api.post(UnsubscribeLinks.PATH, Access.OPEN, "Unsubscribes, for the button and for one-click of RFC 8058")
                .query("token", "string", "from the link in a mail")
                .gives(String.class)
                .by(this::unsubscribe);
    }

    private Items<PreferenceStore.Preference> list(Call call) {
        UUID user = call.user();
        return Items.all(database.inTransaction(handle -> {
            new UserStore(handle, call.tenant()).get(user);
            return new PreferenceStore(handle, call.tenant()).of(user);
        }));
    }

    private Items<PreferenceStore.Preference> set(Call call) {
        UUID user = call.user();
        Category category = Category.named(call.path("notification_category_name"));
        boolean enabled = Check.required(call.body(Wanted.class).enabled(), "enabled");
        if (!enabled && !category.canBeDisabled()) {
            throw new ApiException(
                    400,
                    "NOTIFICATION_CATEGORY_CANNOT_BE_DISABLED",
                    "Nobody can do without " + category,
                    Map.of("field", "enabled"));
        }
        return Items.all(database.inTransaction(handle -> {
            new UserStore(handle, call.tenant()).get(user);
            PreferenceStore preferences = new PreferenceStore(handle, call.tenant());
            preferences.set(user, category, enabled);
            return preferences.of(user);
        }));
    }

    private Object ask(Call call) {
        target(call)
                .ifPresent(target -> Page.of("Unsubscribe")
                        .text("Do you no longer want mail of the category " + target.category() + "?")
                        .button("Unsubscribe")
                        .show(call));
        return null;
    }

    private Object unsubscribe(Call call) {
        target(call).ifPresent(target -> {
            boolean changed = database.inTransaction(handle ->
                    new PreferenceStore(handle, target.tenant()).set(target.user(), target.category(), false));
            Page.of(changed ? "You are unsubscribed" : "You are already unsubscribed")
                    .text("You get no more mail of the category " + target.category() + ".")
                    .show(call);
        });
        return null;
    }

    private Optional<UnsubscribeLinks.Target> target(Call call) {
        Optional<UnsubscribeLinks.Target> target = call.query("token")
                .flatMap(links::read)
                .filter(found -> found.category().canBeDisabled());
        if (target.isEmpty()) {
            call.context().status(400);
            Page.of("This link is broken")
                    .text("It is not one that we have sent. Open the link in the mail again, whole.")
                    .show(call);
        }
        return target;
    }
}
