package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.MailMessage;
import dev.tideline.testkit.MailSnapshot;
import dev.tideline.testkit.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class SendingMailIT {

    private static final long TOMORROW = System.currentTimeMillis() + 86_400_000;

    @Test
    void aMailReachesEachOfItsRecipientsOnce(TestTenant tenant, Suite suite) {
        Mailbox ada = suite.mailbox();
        Mailbox eve = suite.mailbox();
        List<UUID> users = List.of(tenant.user("Ada", ada.address()), tenant.user("Eve", eve.address()));
        Answer accepted = tenant.server()
                .post(
                        "/emails/send-email",
                        body("user_ids", users, "subject", "Grüße ⛵", "html", "<p>Ahoy, <b>you</b></p>"))
                .expect(200);
        assertThat(accepted.json().toString())
                .isEqualTo("{\"results\":[{\"user_id\":\"" + users.get(0) + "\"},{\"user_id\":\"" + users.get(1)
                        + "\"}]}");
        MailMessage mail = ada.waitForMessagesWithSubject("Grüße ⛵").get(0);
        eve.waitForMessagesWithSubject("Grüße ⛵");
        assertThat(mail.snapshot().without("content-type"))
                .isEqualTo(new MailSnapshot(
                        "Directory <directory@tideline.example>",
                        List.of("<" + ada.address() + ">"),
                        "Grüße ⛵",
                        Map.of("mime-version", List.of("1.0")),
                        List.of()));
        assertThat(mail.text().strip()).isEqualTo("Ahoy, you");
        assertThat(mail.html().strip()).isEqualTo("<p>Ahoy, <b>you</b></p>");
        assertThat(tenant.server().get("/emails/outbox").items("status")).hasSize(2);
        awaitStatus(tenant, outbox(tenant).get(0), "sent");
    }

    @Test
    void allUsersAreAllWhoAreNotAnonymous(TestTenant tenant, Suite suite) {
        Mailbox ada = suite.mailbox();
        UUID id = tenant.user("Ada", ada.address());
        UUID without = tenant.user("Without an address");
        tenant.signUpAnonymously();
        JsonNode results = tenant.sendMail("all_users", true).expect(200).json().get("results");
        assertThat(results.findValuesAsText("user_id")).containsExactlyInAnyOrder(id.toString(), without.toString());
        ada.waitForMessagesWithSubject("Hello");
        String skipped = tenant.server().get("/emails/outbox").json().get("items").findValuesAsText("id").stream()
                .filter(mail -> show(tenant, mail).get("user_id").equals(without.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(awaitStatus(tenant, skipped, "skipped").get("skipped_reason"))
                .isEqualTo("USER_HAS_NO_PRIMARY_EMAIL");
    }

    @Test
    void whatCannotBeSentIsRefusedAndNothingIsQueued(TestTenant tenant) {
        UUID ada = tenant.user("Ada", tenant.address("ada"));
        UUID nobody = UUID.randomUUID();
        assertThat(tenant.sendMail("user_ids", List.of(ada, nobody))
                        .expectError(400, "USER_ID_DOES_NOT_EXIST")
                        .get("details.user_id"))
                .isEqualTo(nobody.toString());
        tenant.sendMail("user_ids", List.of()).expectWrong("user_ids");
        tenant.sendMail("user_ids", List.of("x")).expectWrong("user_ids[0]");
        tenant.sendMail("all_users", false).expectWrong("user_ids");
        tenant.sendMail("all_users", true, "user_ids", List.of(ada)).expectWrong("user_ids");
        tenant.sendMail("all_users", true, "subject", "a\r\nBcc: x@example.com").expectWrong("subject");
        tenant.sendMail("all_users", true, "html", "").expectWrong("html");
        tenant.sendMail("all_users", true, "scheduled_at_millis", -1).expectWrong("scheduled_at_millis");
        tenant.sendMail("all_users", true, "notification_category_name", "Gossip")
                .expectError(400, "NOTIFICATION_CATEGORY_DOES_NOT_EXIST");
        assertThat(outbox(tenant)).isEmpty();
    }

    @Test
    void theOutboxShowsTheNewestFirstPageByPage(TestTenant tenant) {
        UUID ada = tenant.user("Ada", tenant.address("ada"));
        for (String subject : List.of("one", "two", "three")) {
            tenant.sendMail("user_ids", List.of(ada), "subject", subject, "scheduled_at_millis", TOMORROW)
                    .expect(200);
        }
        Answer first = tenant.server().get("/emails/outbox?limit=2").expect(200);
        assertThat(first.items("subject")).containsExactly("three", "two");
        Answer second = tenant.server()
                .get("/emails/outbox?limit=2&cursor=" + first.get("next_cursor"))
                .expect(200);
        assertThat(second.items("subject")).containsExactly("one");
        assertThat(second.get("next_cursor")).isNull();
    }

    @Test
    void aScheduledMailIsPausedEditedAndSentWhenItsTimeComes(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        tenant.sendMail("user_ids", List.of(ada), "scheduled_at_millis", TOMORROW)
                .expect(200);
        String mail = outbox(tenant).get(0);
        awaitStatus(tenant, mail, "scheduled");
        String path = "/emails/outbox/" + mail;
        assertThat(tenant.server()
                        .patch(path, body("is_paused", true))
                        .expect(200)
                        .get("status"))
                .isEqualTo("paused");
        assertThat(tenant.server()
                        .patch(path, body("subject", "Later", "scheduled_at_millis", 0))
                        .expect(200)
                        .get("status"))
                .isEqualTo("paused");
        assertThat(tenant.server()
                        .patch(path, body("is_paused", false))
                        .expect(200)
                        .get("status"))
                .isEqualTo("preparing");
        inbox.waitForMessagesWithSubject("Later");
        awaitStatus(tenant, mail, "sent");
        tenant.server().patch(path, body("subject", "Never")).expectError(409, "EMAIL_NOT_EDITABLE");
        tenant.server().patch(path, body("cancel", true)).expectError(409, "EMAIL_NOT_EDITABLE");
    }

    @Test
    void aCancelledMailIsNeverSent(TestTenant tenant) {
        UUID ada = tenant.user("Ada", tenant.address("ada"));
        tenant.sendMail("user_ids", List.of(ada), "scheduled_at_millis", TOMORROW)
                .expect(200);
        String path = "/emails/outbox/" + outbox(tenant).get(0);
        tenant.server().patch(path, body("cancel", true, "is_paused", true)).expectWrong("cancel");
        Answer cancelled = tenant.server().patch(path, body("cancel", true)).expect(200);
        assertThat(cancelled.get("status")).isEqualTo("skipped");
        assertThat(cancelled.get("skipped_reason")).isEqualTo("MANUALLY_CANCELLED");
        tenant.server().patch(path, body("is_paused", false)).expectError(409, "EMAIL_NOT_EDITABLE");
    }

    private static List<String> outbox(TestTenant tenant) {
        return tenant.server().get("/emails/outbox").expect(200).items("id");
    }

    private static Answer show(TestTenant tenant, String mail) {
        return tenant.server().get("/emails/outbox/" + mail).expect(200);
    }

    private static Answer awaitStatus(TestTenant tenant, String mail, String status) {
        return Eventually.await("mail is " + status)
                .until(
                        () -> show(tenant, mail),
                        status,
                        answer -> answer.get("status").equals(status));
    }
}
