package dev.tideline.directory.users;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of {@code directory_user}: everything that tokens and answers contain about a user.
 *
 * @param waitlistPosition from 1, while the user waits
 * @param version grows with each change of the others
 */
public record User(
        UUID id,
        String tenancyId,
        String displayName,
        boolean isAnonymous,
        Instant signedUpAt,
        Optional<String> waitlistStatus,
        Optional<Long> waitlistPosition,
        Optional<String> primaryEmail,
        boolean primaryEmailVerified,
        boolean requireEmailVerification,
        boolean restrictedByAdmin,
        Optional<String> restrictedByAdminReason,
        Optional<String> restrictedByAdminPrivateDetails,
        Optional<UUID> selectedTeamId,
        long version) {

    /** Why the user is restricted; empty if it is not. */
    public Optional<RestrictedReason> restrictedReason() {
        return reasonIf(requireEmailVerification);
    }

    /** Why the user would be restricted under this setting. */
    public Optional<RestrictedReason> reasonIf(boolean emailVerificationRequired) {
        return RestrictedReason.of(new RestrictedReason.Facts(
                isAnonymous,
                waitlistStatus.filter(status -> !status.equals("approved")).isPresent(),
                emailVerificationRequired,
                primaryEmailVerified,
                restrictedByAdmin));
    }

    AdminRestriction adminRestriction() {
        return new AdminRestriction(restrictedByAdmin, restrictedByAdminReason, restrictedByAdminPrivateDetails);
    }
}
