package dev.tideline.directory.onboarding;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.tenants.Settings;
import dev.tideline.directory.users.RestrictedReason;
import dev.tideline.directory.users.User;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /internal/onboarding}. */
public record OnboardingRoutes(Database database) {

    /** The settings to try; by default the strictest. */
    record Preview(Settings.Onboarding onboarding) {

        boolean requiresVerification() {
            return onboarding == null || !Boolean.FALSE.equals(onboarding.requireEmailVerification());
        }
    }

    record AffectedUser(
            UUID id, String displayName, Optional<String> primaryEmail, RestrictedReason.Described restrictedReason) {

        static Optional<AffectedUser> of(User user) {
            return user.reasonIf(true)
                    .map(reason -> new AffectedUser(
                            user.id(),
                            user.displayName(),
                            user.primaryEmail(),
                            new RestrictedReason.Described(reason)));
        }
    }

    record Affected(List<AffectedUser> affectedUsers, long totalAffectedCount) {}

    public void addTo(Api api) {
        api.post(
                        "/internal/onboarding/preview-affected-users",
                        Access.ADMIN,
                        "Lists who would be restricted if verification of the email were required")
                .query("limit", "integer", "1 to 200, otherwise 10")
                .takes(Preview.class)
                .gives(Affected.class)
                .by(this::preview);
    }

    private Affected preview(Call call) {
        int limit = call.limit(10);
        if (!call.body(Preview.class).requiresVerification()) {
            return new Affected(List.of(), 0);
        }
        return database.inTransaction(handle -> {
            AffectedUsers affected = new AffectedUsers(handle, call.tenant());
            return new Affected(
                    affected.ofEmailVerification(limit).stream()
                            .flatMap(user -> AffectedUser.of(user).stream())
                            .toList(),
                    affected.countOfEmailVerification());
        });
    }
}
