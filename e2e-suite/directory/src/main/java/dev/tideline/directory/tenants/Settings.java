package dev.tideline.directory.tenants;

import java.util.Locale;

/** The settings of a tenant's administrators. */
public record Settings(Onboarding onboarding, SignUpMode signUpMode) {

    /** @param requireEmailVerification whether a user without a verified primary address is restricted */
    public record Onboarding(Boolean requireEmailVerification) {}

    /** Whether new users are let in at once. */
    public enum SignUpMode {
        OPEN,
        WAITLIST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** With the fields that were sent. */
    Settings change(Settings sent) {
        return new Settings(
                sent.onboarding == null || sent.onboarding.requireEmailVerification == null
                        ? onboarding
                        : sent.onboarding,
                sent.signUpMode == null ? signUpMode : sent.signUpMode);
    }
}
