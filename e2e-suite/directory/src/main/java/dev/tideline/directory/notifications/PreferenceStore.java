package dev.tideline.directory.notifications;

import dev.tideline.directory.database.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Users' choices about categories. By default every category is wanted. */
final class PreferenceStore extends Store {

    PreferenceStore(Handle handle, String tenant) {
        super(handle, tenant);
    }

    /** A category, as it stands in answers. */
    record Preference(String notificationCategoryName, boolean enabled, boolean canBeDisabled) {}

    List<Preference> of(UUID user) {
        Map<String, Boolean> said = queryText(
                        "SELECT category, enabled FROM notification_preference WHERE tenancy_id = :tenant AND user_id = :user")
                .bind("user", user)
                .reduceRows(new java.util.HashMap<>(), (map, row) -> {
                    map.put(row.getColumn("category", String.class), row.getColumn("enabled", Boolean.class));
                    return map;
                });
        return Arrays.stream(Category.values())
                .map(category -> new Preference(
                        category.toString(), said.getOrDefault(category.toString(), true), category.canBeDisabled()))
                .toList();
    }

    /**
     * @return whether that is new; false also if there is no such user
     */
    boolean set(UUID user, Category category, boolean enabled) {
        return update("set-preference")
                        .bind("user", user)
                        .bind("category", category.toString())
                        .bind("enabled", enabled)
                        .execute()
                == 1;
    }
}
