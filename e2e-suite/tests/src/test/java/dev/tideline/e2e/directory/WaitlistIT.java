package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.directory.fixture.Together;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@EndToEnd
class WaitlistIT {

    @Test
    void whoSignsUpWaitsInOrderAndIsTold(TestTenant tenant) {
        tenant.set("sign_up_mode", "waitlist");
        SignedUp first = tenant.signUp(tenant.address("first"));
        SignedUp second = tenant.signUp(tenant.address("second"));
        assertThat(first.caller().get("/users/me").get("waitlist_position")).isEqualTo("1");
        assertThat(second.caller().get("/users/me").get("waitlist_position")).isEqualTo("2");
        assertThat(second.caller().get("/users/me").get("restricted_reason.type"))
                .isEqualTo("waitlisted");
        assertThat(tenant.admin().get("/internal/waitlist").expect(200).items("id"))
                .containsExactly(first.id().toString(), second.id().toString());
        assertThat(tenant.admin().get("/internal/waitlist?limit=1&cursor=1").items("position"))
                .containsExactly("2");
    }

    @Test
    void approvalLiftsTheRestrictionAndMails(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        tenant.set("sign_up_mode", "waitlist");
        SignedUp ada = tenant.signUp(inbox.address());
        assertThat(approve(tenant, body("user_ids", List.of(ada.id()))))
                .containsExactly(ada.id().toString());
        inbox.waitForMessagesWithSubject("You're in");
        ada.caller().without("X-Allow-Restricted-User").get("/users/me").expect(200);
        assertThat(ada.caller().get("/users/me").get("waitlist_position")).isNull();
        assertThat(tenant.admin().get("/internal/waitlist").items("id")).isEmpty();
    }

    @Test
    void approvingTwiceMailsOnce(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        tenant.set("sign_up_mode", "waitlist");
        SignedUp ada = tenant.signUp(inbox.address());
        approve(tenant, body("user_ids", List.of(ada.id())));
        assertThat(approve(tenant, body("user_ids", List.of(ada.id())))).isEmpty();
        inbox.waitForMessagesWithSubject("You're in");
        assertThat(tenant.server().get("/emails/outbox").items("subject")).containsExactly("You're in");
    }

    @Test
    void turningTheModeOffLetsNobodyInByItself(TestTenant tenant) {
        tenant.set("sign_up_mode", "waitlist");
        SignedUp waits = tenant.signUp(tenant.address("waits"));
        tenant.set("sign_up_mode", "open");
        SignedUp comes = tenant.signUp(tenant.address("comes"));
        assertThat(waits.caller().get("/users/me").get("restricted_reason.type"))
                .isEqualTo("waitlisted");
        assertThat(comes.caller().get("/users/me").get("restricted_reason")).isEqualTo(null);
        assertThat(tenant.admin().get("/internal/waitlist").items("id"))
                .containsExactly(waits.id().toString());
    }

    @Test
    void whoIsRejectedLeavesTheListAndStaysOutUntilApproved(TestTenant tenant, Suite suite) {
        Mailbox inbox = suite.mailbox();
        tenant.set("sign_up_mode", "waitlist");
        SignedUp ada = tenant.signUp(inbox.address());
        SignedUp eve = tenant.signUp(tenant.address("eve"));
        tenant.admin()
                .post("/internal/waitlist/reject", body("user_ids", List.of(ada.id())))
                .expect(200);
        assertThat(tenant.admin().get("/internal/waitlist").items("position")).containsExactly("1");
        assertThat(eve.caller().get("/users/me").get("waitlist_position")).isEqualTo("1");
        assertThat(ada.caller().get("/users/me").get("restricted_reason.type")).isEqualTo("waitlisted");
        assertThat(approve(tenant, body("next", 5))).containsExactly(eve.id().toString());
        assertThat(approve(tenant, body("user_ids", List.of(ada.id())))).hasSize(1);
        inbox.waitForMessagesWithSubject("You're in");
    }

    @Test
    void aServersUserDoesNotWait(TestTenant tenant) {
        tenant.set("sign_up_mode", "waitlist");
        UUID id = tenant.user("Ada");
        assertThat(tenant.server().get("/users/" + id).get("is_restricted")).isEqualTo("false");
        assertThat(approve(tenant, body("user_ids", List.of(id)))).isEmpty();
    }

    @Test
    void whatIsWrongWithAnApprovalNamesTheField(TestTenant tenant) {
        tenant.admin().post("/internal/waitlist/approve", body()).expectWrong("user_ids");
        tenant.admin().post("/internal/waitlist/approve", body("next", 0)).expectWrong("next");
        tenant.admin()
                .post("/internal/waitlist/approve", body("user_ids", List.of()))
                .expectWrong("user_ids");
        tenant.admin()
                .post("/internal/waitlist/approve", body("user_ids", List.of(UUID.randomUUID())))
                .expectError(400, "USER_ID_DOES_NOT_EXIST");
    }

    @Test
    void sixteenAdministratorsApproveEachUserOnceAndMailOnce(TestTenant tenant, Suite suite) throws Exception {
        tenant.set("sign_up_mode", "waitlist");
        List<Mailbox> inboxes =
                IntStream.range(0, 12).mapToObj(i -> suite.mailbox()).toList();
        List<UUID> waiting = inboxes.stream()
                .map(inbox -> tenant.signUp(inbox.address()).id())
                .toList();
        List<List<String>> approved = Together.get(16, admin -> {
            List<UUID> mixed = new ArrayList<>(waiting);
            java.util.Collections.shuffle(mixed, new java.util.Random(admin));
            return approve(tenant, admin % 2 == 0 ? body("user_ids", mixed.subList(0, 6)) : body("next", 2));
        });
        assertThat(approved.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        waiting.stream().map(UUID::toString).toList());
        inboxes.forEach(inbox -> inbox.waitForMessagesWithSubject("You're in", 1, Duration.ofSeconds(20)));
        assertThat(tenant.server().get("/emails/outbox").items("subject")).hasSize(waiting.size());
    }

    @Test
    void twoWhoLetInTheNextTwoLetInFour(TestTenant tenant) throws Exception {
        tenant.set("sign_up_mode", "waitlist");
        List<UUID> waiting = IntStream.range(0, 5)
                .mapToObj(i -> tenant.signUp(tenant.address("u" + i)).id())
                .toList();
        Together.times(2, admin -> assertThat(approve(tenant, body("next", 2))).hasSize(2));
        assertThat(tenant.admin().get("/internal/waitlist").items("id"))
                .containsExactly(waiting.get(4).toString());
    }

    private static List<String> approve(TestTenant tenant, java.util.Map<String, Object> body) {
        List<String> approved = new ArrayList<>();
        for (JsonNode id : tenant.admin()
                .post("/internal/waitlist/approve", body)
                .expect(200)
                .json()
                .get("approved_user_ids")) {
            approved.add(id.asText());
        }
        return approved;
    }
}
