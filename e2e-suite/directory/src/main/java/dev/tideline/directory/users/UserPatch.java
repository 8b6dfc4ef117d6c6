package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;
import java.util.Optional;
import java.util.UUID;

/** The changes of a user in a PATCH. Null means not sent. */
public record UserPatch(
        Optional<String> displayName,
        Optional<String> primaryEmail,
        Boolean primaryEmailVerified,
        Boolean restrictedByAdmin,
        Optional<String> restrictedByAdminReason,
        Optional<String> restrictedByAdminPrivateDetails,
        Optional<UUID> selectedTeamId) {

    /**
     * @throws ApiException SCHEMA_ERROR for fields that only servers may set
     */
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
