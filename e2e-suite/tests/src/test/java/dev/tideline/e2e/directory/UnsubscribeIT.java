package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.MailMessage;
import dev.tideline.testkit.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EndToEnd
class UnsubscribeIT {

    @Test
    void onlyMailThatCanBeDoneWithoutHasALinkAndAOneClickHeader(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        MailMessage marketing = send(tenant, ada, inbox, "News", "Marketing");
        String link = marketing.link("/emails/unsubscribe").toString();
        assertThat(marketing.header("List-Unsubscribe")).containsExactly("<" + link + ">");
        assertThat(marketing.header("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(marketing.text()).contains("Unsubscribe: " + link);
        MailMessage transactional = send(tenant, ada, inbox, "Receipt", "Transactional");
        assertThat(transactional.header("List-Unsubscribe")).isEmpty();
        assertThat(transactional.html()).doesNotContain("nsubscribe");
    }

    @Test
    void aBareGetChangesNothingAndTheButtonUnsubscribesOnce(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        String link = send(tenant, ada, inbox, "News", "Marketing")
                .link("/emails/unsubscribe")
                .toString();
        Answer page = tenant.client().get(link).expect(200);
        assertThat(page.text()).contains("<form method=\"post\">", "<button>Unsubscribe</button>");
        assertThat(preferences(tenant, ada)).containsExactly("true", "true");
        assertThat(tenant.client().call("POST", link, null).expect(200).text()).contains("You are unsubscribed");
        assertThat(preferences(tenant, ada)).containsExactly("true", "false");
        assertThat(tenant.client().call("POST", link, null).expect(200).text()).contains("already unsubscribed");
    }

    @Test
    void oneClickOfAMailProgramUnsubscribes(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        String header = send(tenant, ada, inbox, "News", "Marketing")
                .header("List-Unsubscribe")
                .get(0);
        tenant.client()
                .without("X-Api-Key")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .call("POST", header.substring(1, header.length() - 1), "List-Unsubscribe=One-Click")
                .expect(200);
        assertThat(preferences(tenant, ada)).containsExactly("true", "false");
    }

    @Test
    void whatIsNoLinkOfOursIsRefused(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        String link = send(tenant, ada, inbox, "News", "Marketing")
                .link("/emails/unsubscribe")
                .toString();
        String accessToken = tenant.signUp(tenant.address("eve")).accessToken();
        for (String path : List.of(
                "/emails/unsubscribe",
                "/emails/unsubscribe?token=x",
                link.substring(0, link.length() - 4),
                "/emails/unsubscribe?token=" + accessToken)) {
            tenant.client().get(path).expect(400);
            tenant.client().call("POST", path, null).expect(400);
        }
        assertThat(preferences(tenant, ada)).containsExactly("true", "true");
    }

    @Test
    void whoUnsubscribesWhileAMailIsQueuedDoesNotGetIt(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        tenant.sendMail(
                        "user_ids",
                        List.of(ada),
                        "subject",
                        "News",
                        "notification_category_name",
                        "Marketing",
                        "scheduled_at_millis",
                        System.currentTimeMillis() + 3_600_000)
                .expect(200);
        String mail = "/emails/outbox/"
                + tenant.server().get("/emails/outbox").items("id").get(0);
        tenant.server()
                .put("/users/" + ada + "/notification-preferences/Marketing", body("enabled", false))
                .expect(200);
        tenant.server().patch(mail, body("scheduled_at_millis", 0)).expect(200);
        Answer skipped = Eventually.await("mail is skipped")
                .until(
                        () -> tenant.server().get(mail),
                        "skipped",
                        answer -> answer.get("status").equals("skipped"));
        assertThat(skipped.get("skipped_reason")).isEqualTo("USER_UNSUBSCRIBED");
        send(tenant, ada, inbox, "Receipt", "Transactional");
        inbox.expectNoMessagesWithSubject("News", Duration.ofMillis(200));
    }

    @Test
    void nobodyCanDoWithoutTransactionalMail(TestTenant tenant) {
        UUID ada = tenant.user("Ada");
        tenant.server()
                .put("/users/" + ada + "/notification-preferences/Transactional", body("enabled", false))
                .expectError(400, "NOTIFICATION_CATEGORY_CANNOT_BE_DISABLED");
        tenant.server()
                .put("/users/" + ada + "/notification-preferences/Gossip", body("enabled", false))
                .expectError(400, "NOTIFICATION_CATEGORY_DOES_NOT_EXIST");
        tenant.server()
                .put("/users/" + ada + "/notification-preferences/Marketing", Map.of())
                .expectWrong("enabled");
    }

    private static MailMessage send(TestTenant tenant, UUID user, Mailbox inbox, String subject, String category) {
        tenant.server()
                .post(
                        "/emails/send-email",
                        body(
                                "user_ids",
                                List.of(user),
                                "subject",
                                subject,
                                "html",
                                "<p>Hello</p>",
                                "notification_category_name",
                                category))
                .expect(200);
        return inbox.waitForMessagesWithSubject(subject).get(0);
    }

    private static List<String> preferences(TestTenant tenant, UUID user) {
        return tenant.server()
                .get("/users/" + user + "/notification-preferences")
                .expect(200)
                .items("enabled");
    }
}
