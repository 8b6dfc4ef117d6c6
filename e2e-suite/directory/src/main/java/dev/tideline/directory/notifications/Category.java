package dev.tideline.directory.notifications;

import dev.tideline.directory.http.ApiException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Kinds of mail. */
public enum Category {
    /** Needed for what the user does: codes, invitations, receipts. */
    TRANSACTIONAL("Transactional", false),
    /** What the user can do without. */
    MARKETING("Marketing", true);

    private final String title;
    private final boolean canBeDisabled;

    Category(String title, boolean canBeDisabled) {
        this.title = title;
        this.canBeDisabled = canBeDisabled;
    }

    public boolean canBeDisabled() {
        return canBeDisabled;
    }

    /**
     * @throws ApiException 400 for an unknown one, with the existing ones
     */
    public static Category named(String name) {
        return Arrays.stream(values())
                .filter(category -> category.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        400,
                        "NOTIFICATION_CATEGORY_DOES_NOT_EXIST",
                        "There is no category " + name + "; there are "
                                + Arrays.stream(values())
                                        .map(Category::toString)
                                        .collect(Collectors.joining(", ")),
                        Map.of("field", "notification_category_name")));
    }

    @Override
    public String toString() {
        return title;
    }
}
