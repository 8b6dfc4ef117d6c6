package dev.tideline.directory.tenants;

import java.util.Locale;

/** What a tenant's administrators decide, as it stands in answers. */
public record Settings(Onboarding onboarding, SignUpMode signUpMode) {

    /** @param requireEmailVerification whether a user without a verified primary address is restricted */
    public record Onboarding(Boolean requireEmailVerification) {}

    /** Whether who signs up is in. */
    public enum SignUpMode {
        OPEN,
        WAITLIST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Changed by what was sent. */
    Settings change(Settings sent) {
        return new Settings(
                sent.onboarding == null || sent.onboarding.requireEmailVerification == null
                        ? onboarding
                        : sent.onboarding,
                sent.signUpMode == null ? signUpMode : sent.signUpMode);
    }
}
