package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.Directory;
import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.ScriptedSmtp;
import dev.tideline.directory.fixture.ScriptedSmtp.Behaviour;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.mail.SmtpConfig;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each test has a Directory, or several, with a database of their own: their workers send to a server that fails. */
@EndToEnd
class MailDeliveryIT {

    @Test
    void whatTheServerCannotTakeNowIsTriedAgainWithTheSameId(Suite suite) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(Behaviour.NOT_NOW, Behaviour.NOT_NOW);
                Directory directory = start(suite, "mailagain", config(smtp))) {
            TestTenant tenant = suite.tenantAt(directory);
            String mail = send(tenant);
            Answer sent = await(tenant, mail, "sent");
            assertThat(sent.get("attempts")).isEqualTo("3");
            assertThat(smtp.received())
                    .singleElement()
                    .asString()
                    .contains("Message-ID: <" + mail + "@directory.tideline>");
        }
    }

    @Test
    void afterFiveAttemptsTheMailIsGivenUpAndSaysWhy(Suite suite) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(
                        Behaviour.NOT_NOW, Behaviour.NOT_NOW, Behaviour.NOT_NOW, Behaviour.NOT_NOW, Behaviour.NOT_NOW);
                Directory directory = start(suite, "mailgivenup", config(smtp))) {
            TestTenant tenant = suite.tenantAt(directory);
            String mail = send(tenant);
            Answer failed = await(tenant, mail, "server-error");
            assertThat(failed.get("attempts")).isEqualTo("5");
            assertThat(failed.get("error")).contains("451 try again later");
            assertThat(smtp.received()).isEmpty();
            tenant.server()
                    .patch("/emails/outbox/" + mail, body("subject", "Once more"))
                    .expect(200);
            await(tenant, mail, "sent");
            assertThat(smtp.received()).hasSize(1);
        }
    }

    @Test
    void whatTheServerRefusesForGoodIsNotTriedAgain(Suite suite) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(Behaviour.NEVER);
                Directory directory = start(suite, "mailrefused", config(smtp))) {
            TestTenant tenant = suite.tenantAt(directory);
            Answer failed = await(tenant, send(tenant), "server-error");
            assertThat(failed.get("attempts")).isEqualTo("1");
            assertThat(failed.get("error")).contains("550 no such mailbox");
        }
    }

    @Test
    void aMailThatMayHaveArrivedIsNotSentTwice(Suite suite) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(Behaviour.HANG_UP_AFTER_DATA);
                Directory directory = start(suite, "mailunknown", config(smtp))) {
            TestTenant tenant = suite.tenantAt(directory);
            Answer failed = await(tenant, send(tenant), "server-error");
            assertThat(failed.get("error")).startsWith("The mail server did not say whether it took the mail");
            assertThat(smtp.received()).hasSize(1);
        }
    }

    @Test
    void aWorkerThatWakesUpAfterAnotherTookOverSendsNothing(Suite suite) throws Exception {
        SmtpConfig quick;
        try (ScriptedSmtp smtp = new ScriptedSmtp(Behaviour.HANG_BEFORE_DATA)) {
            quick = config(smtp).withLease(Duration.ofMillis(100));
            try (Directory directory = start(suite, "mailovertaken", quick)) {
                TestTenant tenant = suite.tenantAt(directory);
                String mail = send(tenant);
                smtp.awaitHanging();
                await(tenant, mail, "sent");
                assertThat(smtp.received()).hasSize(1);
                smtp.release();
            }
            // Closed: the worker that hung has come to its end as well.
            assertThat(smtp.received()).hasSize(1);
        }
    }

    @Test
    void aMailThatIsBeingSentCannotBeChanged(Suite suite) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(Behaviour.HANG_BEFORE_DATA);
                Directory directory = start(suite, "mailinhand", config(smtp))) {
            TestTenant tenant = suite.tenantAt(directory);
            String mail = send(tenant);
            smtp.awaitHanging();
            assertThat(tenant.server()
                            .patch("/emails/outbox/" + mail, body("cancel", true))
                            .expectError(409, "EMAIL_NOT_EDITABLE")
                            .get("details.status"))
                    .isEqualTo("sending");
            smtp.release();
            await(tenant, mail, "sent");
        }
    }

    @Test
    void manyWorkersOfSeveralProcessesAndARestartSendEachMailOnce(Suite suite) throws Exception {
        SmtpConfig smtp = Suite.smtp(suite.mailServer().smtpPort()).withWorkers(4);
        String database = suite.newDatabase("mailonce");
        List<Mailbox> inboxes =
                IntStream.range(0, 30).mapToObj(i -> suite.mailbox()).toList();
        Directory first = Directory.start(Suite.config(database, smtp));
        try (Directory second = Directory.start(Suite.config(database, smtp))) {
            TestTenant tenant = suite.tenantAt(second);
            List<UUID> users = inboxes.stream()
                    .map(inbox -> tenant.user("Ada", inbox.address()))
                    .toList();
            tenant.sendMail("user_ids", users).expect(200);
            first.close();
            try (Directory third = Directory.start(Suite.config(database, smtp))) {
                assertThat(third.url()).isNotEqualTo(second.url());
                inboxes.forEach(inbox -> inbox.waitForMessagesWithSubject("Hello", 1, Duration.ofSeconds(30)));
                Eventually.await("all are sent")
                        .until(
                                () -> tenant.server().get("/emails/outbox").items("status"),
                                "only sent",
                                statuses -> statuses.stream().allMatch("sent"::equals));
            }
        } finally {
            first.close();
        }
        assertThat(inboxes)
                .allSatisfy(inbox -> assertThat(inbox.fetchMessages()).hasSize(1));
    }

    private static SmtpConfig config(ScriptedSmtp smtp) {
        return Suite.smtp(smtp.port());
    }

    private static Directory start(Suite suite, String database, SmtpConfig smtp) throws Exception {
        return Directory.start(Suite.config(suite.newDatabase(database), smtp));
    }

    private static String send(TestTenant tenant) {
        UUID ada = tenant.user("Ada", tenant.address("ada"));
        tenant.sendMail("user_ids", List.of(ada)).expect(200);
        return tenant.server().get("/emails/outbox").items("id").get(0);
    }

    private static Answer await(TestTenant tenant, String mail, String status) {
        return Eventually.await("mail is " + status)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> tenant.server().get("/emails/outbox/" + mail).expect(200),
                        status,
                        answer -> answer.get("status").equals(status));
    }
}
