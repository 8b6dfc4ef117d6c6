package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.e2e.suite.EndToEnd;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class RestrictedUsersIT {

    @Test
    void anAdministratorRestrictsAUserAndClearingItClearsReasonAndDetails(TestTenant tenant) {
        UUID id = tenant.user("Ada");
        JsonNode restricted = tenant.server()
                .patch(
                        "/users/" + id,
                        body(
                                "restricted_by_admin", true,
                                "restricted_by_admin_reason", "spam",
                                "restricted_by_admin_private_details", "ticket 7"))
                .expect(200)
                .json();
        assertThat(restricted.get("is_restricted").asBoolean()).isTrue();
        assertThat(restricted.at("/restricted_reason/type").asText()).isEqualTo("restricted_by_administrator");
        assertThat(restricted.get("restricted_by_admin_private_details").asText())
                .isEqualTo("ticket 7");
        JsonNode free = tenant.server()
                .patch("/users/" + id, body("restricted_by_admin", false))
                .expect(200)
                .json();
        assertThat(free.get("is_restricted").asBoolean()).isFalse();
        assertThat(free.get("restricted_reason").isNull()).isTrue();
        assertThat(free.get("restricted_by_admin_reason").isNull()).isTrue();
        assertThat(free.get("restricted_by_admin_private_details").isNull()).isTrue();
    }

    @Test
    void aReasonOrDetailsWithoutTheRestrictionAreRefused(TestTenant tenant) {
        UUID id = tenant.user("Ada");
        tenant.server()
                .patch("/users/" + id, body("restricted_by_admin_reason", "spam"))
                .expectWrong("restricted_by_admin_reason");
        tenant.server()
                .patch("/users/" + id, body("restricted_by_admin", false, "restricted_by_admin_private_details", "x"))
                .expectWrong("restricted_by_admin_private_details");
    }

    @Test
    void theFirstReasonOfAllThatHoldIsShown(TestTenant tenant) {
        tenant.set("sign_up_mode", "waitlist");
        tenant.requireEmailVerification(true);
        SignedUp anonymous = tenant.signUpAnonymously();
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        tenant.server()
                .patch("/users/" + anonymous.id(), body("restricted_by_admin", true))
                .expect(200);
        tenant.server()
                .patch("/users/" + ada.id(), body("restricted_by_admin", true))
                .expect(200);
        assertThat(reason(tenant, anonymous.id())).isEqualTo("anonymous");
        assertThat(reason(tenant, ada.id())).isEqualTo("waitlisted");
        tenant.admin()
                .post("/internal/waitlist/approve", body("user_ids", List.of(ada.id())))
                .expect(200);
        assertThat(reason(tenant, ada.id())).isEqualTo("email_not_verified");
        tenant.server()
                .patch("/users/" + ada.id(), body("primary_email_verified", true))
                .expect(200);
        assertThat(reason(tenant, ada.id())).isEqualTo("restricted_by_administrator");
        tenant.server()
                .patch("/users/" + ada.id(), body("restricted_by_admin", false))
                .expect(200);
        assertThat(reason(tenant, ada.id())).isNull();
    }

    /** The rule decides on the reason, and SQL on who is listed: for every combination they must say the same. */
    @Test
    void listsShowExactlyThoseWithoutAReasonForEveryCombination(TestTenant tenant) {
        tenant.set("sign_up_mode", "waitlist");
        for (boolean anonymous : List.of(false, true)) {
            for (boolean waits : List.of(false, true)) {
                for (boolean verified : List.of(false, true)) {
                    for (boolean byAdmin : List.of(false, true)) {
                        make(tenant, anonymous, waits, verified, byAdmin);
                    }
                }
            }
        }
        for (boolean required : List.of(false, true)) {
            tenant.requireEmailVerification(required);
            JsonNode all = tenant.server()
                    .get("/users?include_anonymous=true")
                    .expect(200)
                    .json()
                    .get("items");
            List<String> free = new java.util.ArrayList<>();
            List<String> named = new java.util.ArrayList<>();
            all.forEach(user -> {
                assertThat(user.get("is_restricted").asBoolean())
                        .isEqualTo(!user.get("restricted_reason").isNull());
                if (!user.get("is_restricted").asBoolean()) {
                    free.add(user.get("id").asText());
                }
                if (!user.get("is_anonymous").asBoolean()) {
                    named.add(user.get("id").asText());
                }
            });
            assertThat(all).hasSize(16);
            assertThat(free).hasSize(required ? 1 : 2);
            assertThat(tenant.server().get("/users").items("id")).isEqualTo(free);
            assertThat(tenant.server().get("/users?include_restricted=true").items("id"))
                    .isEqualTo(named);
            assertThat(tenant.server()
                            .get("/users?include_anonymous=true&only_anonymous=true")
                            .items("is_anonymous"))
                    .hasSize(8)
                    .containsOnly("true");
        }
        tenant.server().get("/users?only_anonymous=true").expectWrong("only_anonymous");
        tenant.server()
                .get("/users?only_anonymous=true&include_restricted=true")
                .expectWrong("only_anonymous");
    }

    /** Anonymous users never wait nor have an address that way, but the rule must hold for them all the same. */
    private static void make(TestTenant tenant, boolean anonymous, boolean waits, boolean verified, boolean byAdmin) {
        UUID id;
        if (anonymous) {
            id = tenant.signUpAnonymously().id();
        } else {
            id = tenant.signUp(tenant.address("u" + UUID.randomUUID())).id();
            if (!waits) {
                tenant.admin()
                        .post("/internal/waitlist/approve", body("user_ids", List.of(id)))
                        .expect(200);
            }
        }
        if (anonymous && verified) {
            tenant.server()
                    .patch("/users/" + id, body("primary_email", tenant.address("a" + id)))
                    .expect(200);
        }
        if (verified) {
            tenant.server()
                    .patch("/users/" + id, body("primary_email_verified", true))
                    .expect(200);
        }
        tenant.server()
                .patch("/users/" + id, body("restricted_by_admin", byAdmin))
                .expect(200);
    }

    @Test
    void aTokenOfARestrictedUserNeedsToBeAllowed(TestTenant tenant) {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        var strict = ada.caller().without("X-Allow-Restricted-User");
        strict.get("/users/me").expect(200);
        tenant.server()
                .patch("/users/" + ada.id(), body("restricted_by_admin", true))
                .expect(200);
        assertThat(strict.get("/users/me")
                        .expectError(403, "RESTRICTED_USER_NOT_ALLOWED")
                        .get("details.restricted_reason.type"))
                .isEqualTo("restricted_by_administrator");
        ada.caller().get("/users/me").expect(200);
        ada.caller()
                .with("X-Allow-Restricted-User", "false")
                .get("/users/me")
                .expectError(403, "RESTRICTED_USER_NOT_ALLOWED");
        tenant.server()
                .patch("/users/" + ada.id(), body("restricted_by_admin", false))
                .expect(200);
        strict.get("/users/me").expect(200);
    }

    private static String reason(TestTenant tenant, UUID id) {
        JsonNode reason = tenant.server().get("/users/" + id).expect(200).json().get("restricted_reason");
        return reason.isNull() ? null : reason.get("type").asText();
    }
}
