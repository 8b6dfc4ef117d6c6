package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;
import java.util.Optional;

/**
 * An administrator's restriction of a user. A reason and details need the restriction, and are removed with it.
 *
 * @param reason for everybody
 * @param privateDetails for servers only
 */
public record AdminRestriction(boolean restricted, Optional<String> reason, Optional<String> privateDetails) {

    /**
     * Changes it. Null means not sent, and keeps the value.
     *
     * @throws ApiException SCHEMA_ERROR for a reason or details without the restriction
     */
    public AdminRestriction change(Boolean restrict, Optional<String> newReason, Optional<String> newDetails) {
        boolean after = restrict == null ? restricted : restrict;
        if (!after) {
            refuse(newReason, "restricted_by_admin_reason");
            refuse(newDetails, "restricted_by_admin_private_details");
            return new AdminRestriction(false, Optional.empty(), Optional.empty());
        }
        return new AdminRestriction(
                true, newReason == null ? reason : newReason, newDetails == null ? privateDetails : newDetails);
    }

    private static void refuse(Optional<String> value, String field) {
        if (value != null && value.isPresent()) {
            throw ApiException.schema(field, "needs restricted_by_admin to be true");
        }
    }
}
