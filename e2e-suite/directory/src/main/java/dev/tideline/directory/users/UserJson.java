package dev.tideline.directory.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.UUID;

/** A user in answers. Only servers get the private details. */
public record UserJson(
        UUID id,
        String displayName,
        Optional<String> primaryEmail,
        boolean primaryEmailVerified,
        boolean isAnonymous,
        boolean isRestricted,
        Optional<RestrictedReason.Described> restrictedReason,
        Optional<Long> waitlistPosition,
        boolean restrictedByAdmin,
        Optional<String> restrictedByAdminReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) Optional<String> restrictedByAdminPrivateDetails,
        Optional<UUID> selectedTeamId,
        long signedUpAtMillis) {

    public static UserJson of(User user, boolean forServer) {
        return new UserJson(
                user.id(),
                user.displayName(),
                user.primaryEmail(),
                user.primaryEmailVerified(),
                user.isAnonymous(),
                user.restrictedReason().isPresent(),
                user.restrictedReason().map(RestrictedReason.Described::new),
                user.waitlistPosition(),
                user.restrictedByAdmin(),
                user.restrictedByAdminReason(),
                forServer ? user.restrictedByAdminPrivateDetails() : null,
                user.selectedTeamId(),
                user.signedUpAt().toEpochMilli());
    }
}
