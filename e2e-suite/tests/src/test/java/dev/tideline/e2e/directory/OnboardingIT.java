package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.directory.fixture.Together;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Mailbox;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@EndToEnd
class OnboardingIT {

    private static final String SUBJECT = "Verify your email address";

    @Test
    void verificationIsNotRequiredAtFirst(TestTenant tenant) {
        assertThat(tenant.admin().get("/internal/settings").expect(200).json().toString())
                .isEqualTo("{\"onboarding\":{\"require_email_verification\":false},\"sign_up_mode\":\"open\"}");
    }

    @Test
    void aPreviewListsWhoWouldBeRestrictedAndChangesNothing(TestTenant tenant) {
        tenant.user("Verified", tenant.address("verified"));
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        tenant.user("No address");
        tenant.signUpAnonymously();
        SignedUp already = tenant.signUp(tenant.address("already"));
        tenant.server()
                .patch("/users/" + already.id(), body("restricted_by_admin", true))
                .expect(200);
        Answer preview = tenant.admin()
                .post("/internal/onboarding/preview-affected-users?limit=1", body())
                .expect(200);
        JsonNode first = preview.json().get("affected_users").get(0);
        assertThat(preview.get("total_affected_count")).isEqualTo("2");
        assertThat(preview.json().get("affected_users")).hasSize(1);
        assertThat(first.get("id").asText()).isEqualTo(ada.id().toString());
        assertThat(first.get("primary_email").asText()).isEqualTo(tenant.address("ada"));
        assertThat(first.at("/restricted_reason/type").asText()).isEqualTo("email_not_verified");
        assertThat(ada.caller().get("/users/me").get("is_restricted")).isEqualTo("false");
        assertThat(tenant.admin()
                        .post(
                                "/internal/onboarding/preview-affected-users",
                                body("onboarding", body("require_email_verification", false)))
                        .get("total_affected_count"))
                .isEqualTo("0");
        tenant.requireEmailVerification(true);
        assertThat(ada.caller().get("/users/me").get("restricted_reason.type")).isEqualTo("email_not_verified");
        assertThat(tenant.admin()
                        .post("/internal/onboarding/preview-affected-users", body())
                        .get("total_affected_count"))
                .isEqualTo("0");
    }

    @Test
    void theMailedCodeVerifiesTheAddressAndLiftsTheRestriction(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        tenant.requireEmailVerification(true);
        SignedUp ada = tenant.signUp(inbox.address());
        String channel = channel(ada);
        ada.caller().post(channel + "/send-verification-code", null).expect(204);
        String code = inbox.waitForMessagesWithSubject(SUBJECT).get(0).code();
        ada.caller().post(channel + "/verify", body("code", code)).expect(200);
        assertThat(ada.caller().get("/users/me").get("is_restricted")).isEqualTo("false");
        ada.caller().post(channel + "/verify", body("code", code)).expectError(400, "VERIFICATION_CODE_INVALID");
    }

    @Test
    void aNewCodeReplacesTheOneBefore(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        SignedUp ada = tenant.signUp(inbox.address());
        String channel = channel(ada);
        ada.caller().post(channel + "/send-verification-code", null).expect(204);
        String first = inbox.waitForMessagesWithSubject(SUBJECT).get(0).code();
        Mailbox since = inbox.sinceNow();
        ada.caller().post(channel + "/send-verification-code", null).expect(204);
        String second = since.waitForMessagesWithSubject(SUBJECT).get(0).code();
        if (!first.equals(second)) {
            ada.caller().post(channel + "/verify", body("code", first)).expectError(400, "VERIFICATION_CODE_INVALID");
        }
        ada.caller().post(channel + "/verify", body("code", second)).expect(200);
    }

    @Test
    void aCodeOfAnAddressThatWasChangedDoesNotVerifyTheNewOne(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        tenant.requireEmailVerification(true);
        SignedUp ada = tenant.signUp(inbox.address());
        String old = channel(ada);
        ada.caller().post(old + "/send-verification-code", null).expect(204);
        String code = inbox.waitForMessagesWithSubject(SUBJECT).get(0).code();
        ada.caller()
                .patch("/users/me", body("primary_email", tenant.address("other")))
                .expect(200);
        ada.caller().post(channel(ada) + "/verify", body("code", code)).expectError(400, "VERIFICATION_CODE_INVALID");
        ada.caller().post(old + "/verify", body("code", code)).expect(200);
        assertThat(ada.caller().get("/users/me").get("restricted_reason.type")).isEqualTo("email_not_verified");
    }

    @Test
    void aCodeIsHashedAndDiesAfterFiveAttemptsHoweverManyTryAtOnce(TestTenant tenant, Suite suite) throws Exception {
        Mailbox inbox = suite.mailbox();
        SignedUp ada = tenant.signUp(inbox.address());
        String channel = channel(ada);
        ada.caller().post(channel + "/send-verification-code", null).expect(204);
        String code = inbox.waitForMessagesWithSubject(SUBJECT).get(0).code();
        assertThat(suite.column("SELECT code_hash FROM verification_code WHERE tenancy_id = '" + tenant.id() + "'"))
                .singleElement()
                .asString()
                .startsWith("$argon2id$");
        String wrong = code.equals("000000") ? "000001" : "000000";
        Together.times(
                8,
                i -> ada.caller()
                        .post(channel + "/verify", body("code", wrong))
                        .expectError(400, "VERIFICATION_CODE_INVALID"));
        assertThat(suite.column("SELECT attempts_left FROM verification_code WHERE tenancy_id = '" + tenant.id() + "'"))
                .containsExactly("0");
        ada.caller().post(channel + "/verify", body("code", code)).expectError(400, "VERIFICATION_CODE_INVALID");
    }

    @Test
    void codesAreMailedOnlySoOften(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        SignedUp ada = tenant.signUp(inbox.address());
        String channel = channel(ada);
        for (int i = 0; i < 5; i++) {
            ada.caller().post(channel + "/send-verification-code", null).expect(204);
        }
        ada.caller().post(channel + "/send-verification-code", null).expectError(429, "TOO_MANY_ATTEMPTS");
        List<?> mails = inbox.waitForMessagesWithSubject(SUBJECT, 5, Duration.ofSeconds(20));
        assertThat(mails).hasSize(5);
    }

    private static String channel(SignedUp user) {
        return "/users/me/contact-channels/"
                + user.caller().get("/users/me/contact-channels").items("id").get(0);
    }
}
