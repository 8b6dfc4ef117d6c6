package dev.tideline.directory.users;

import java.util.Locale;
import java.util.Optional;

/** Why a user is restricted. If several apply, the first counts. */
public enum RestrictedReason {
    ANONYMOUS,
    WAITLISTED,
    EMAIL_NOT_VERIFIED,
    RESTRICTED_BY_ADMINISTRATOR;

    /** The facts that decide. @param emailVerificationRequired by the tenant's settings */
    public record Facts(
            boolean anonymous,
            boolean onWaitlist,
            boolean emailVerificationRequired,
            boolean primaryEmailVerified,
            boolean restrictedByAdmin) {}

    /** The reason that counts; empty if the user is not restricted. */
    public static Optional<RestrictedReason> of(Facts facts) {
        if (facts.anonymous) {
            return Optional.of(ANONYMOUS);
        } else if (facts.onWaitlist) {
            return Optional.of(WAITLISTED);
        } else if (facts.emailVerificationRequired && !facts.primaryEmailVerified) {
            return Optional.of(EMAIL_NOT_VERIFIED);
        } else if (facts.restrictedByAdmin) {
            return Optional.of(RESTRICTED_BY_ADMINISTRATOR);
        }
        return Optional.empty();
    }

    /** As in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code {type}}, as in users and tokens. */
    public record Described(RestrictedReason type) {}
}
