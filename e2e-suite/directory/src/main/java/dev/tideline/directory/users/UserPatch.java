package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;
import java.util.Optional;
import java.util.UUID;

/** What a PATCH of a user may change. What is null was not sent. */
public record UserPatch(
        Optional<String> displayName,
        Optional<String> primaryEmail,
        Boolean primaryEmailVerified,
        Boolean restrictedByAdmin,
        Optional<String> restrictedByAdminReason,
        Optional<String> restrictedByAdminPrivateDetails,
        Optional<UUID> selectedTeamId) {

    /** @throws ApiException SCHEMA_ERROR for what only servers may set */
    UserPatch byClient() {
        refuse(primaryEmailVerified, "primary_email_verified");
        refuse(restrictedByAdmin, "restricted_by_admin");
        refuse(restrictedByAdminReason, "restricted_by_admin_reason");
        refuse(restrictedByAdminPrivateDetails, "restricted_by_admin_private_details");
        return this;
    }

    boolean restricts() {
        return restrictedByAdmin != null || restrictedByAdminReason != null || restrictedByAdminPrivateDetails != null;
    }

    private static void refuse(Object value, String field) {
        if (value != null) {
            throw ApiException.schema(field, "can be set with a server key only");
        }
    }
}
