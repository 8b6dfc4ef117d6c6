package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitTest {

    private MailServer server;
    private WebClient web;
    private LineClient smtp;

    @BeforeEach
    void start() {
        server = MailServer.start(MailServerConfig.defaults());
        web = new WebClient(server.httpPort());
        smtp = LineClient.smtp(server.smtpPort());
    }

    @AfterEach
    void stop() {
        smtp.close();
        server.close();
    }

    private void mail(String to, String subject) {
        smtp.send("noreply@example.com", to, "Subject: " + subject + "\n\nbody");
    }

    private CompletableFuture<JsonNode> waitFor(String path) {
        return web.sendAsync("GET", path, "").thenApply(reply -> WebClient.parse(reply.body()));
    }

    @Test
    void what_is_there_already_answers_at_once() {
        mail("ann", "Verify your email");
        JsonNode reply = web.json("/api/v1/mailbox/ann/wait?subject=verify&timeout=1m");
        JsonNode header = web.json("/api/v1/mailbox/ann").get(0);
        assertThat(reply.get("satisfied").booleanValue()).isTrue();
        assertThat(reply.get("messages").get(0)).isEqualTo(header);
        assertThat(reply.fieldNames()).toIterable().containsExactly("satisfied", "waited-millis", "messages", "others");
    }

    @Test
    void the_last_message_that_was_missing_ends_the_wait() {
        mail("ann", "Welcome");
        CompletableFuture<JsonNode> reply = waitFor("/api/v1/mailbox/ann/wait?subject=Welcome&count=3&timeout=1m");
        mail("ann", "Other");
        mail("bob", "Welcome");
        mail("ann", "Welcome");
        mail("ann", "Welcome back");
        assertThat(reply.join().get("messages").findValuesAsText("subject"))
                .containsExactly("Welcome", "Welcome", "Welcome back");
        assertThat(reply.join().get("others").findValuesAsText("subject")).containsExactly("Other");
    }

    @Test
    void at_the_end_of_the_time_there_is_what_did_arrive() {
        mail("ann", "Welcome");
        mail("ann", "Your receipt");
        HttpResponse<String> reply = web.get("/api/v1/mailbox/ann/wait?subject=receipt&count=2&timeout=150ms");
        assertThat(reply.statusCode()).isEqualTo(200);
        JsonNode json = WebClient.parse(reply.body());
        assertThat(json.get("satisfied").booleanValue()).isFalse();
        assertThat(json.get("waited-millis").longValue()).isBetween(150L, 10_000L);
        assertThat(json.get("messages").findValuesAsText("subject")).containsExactly("Your receipt");
        assertThat(json.get("others").findValuesAsText("subject")).containsExactly("Welcome");
    }

    @Test
    void old_mail_does_not_count_after_a_message_or_a_time() {
        mail("ann", "Welcome");
        String last = web.json("/api/v1/mailbox/ann/latest").get("id").textValue();
        String date = web.json("/api/v1/mailbox/ann/latest").get("date").textValue();
        web.send("DELETE", "/api/v1/mailbox/ann/" + last, "");
        mail("ann", "Welcome");
        JsonNode later = web.json("/api/v1/mailbox/ann?since=" + last);
        assertThat(later).hasSize(1);
        assertThat(web.json(
                        "/api/v1/mailbox/ann?since=" + later.get(0).get("id").textValue()))
                .isEmpty();
        assertThat(web.json("/api/v1/mailbox/ann?since=" + date)).hasSize(1);
        assertThat(web.json("/api/v1/mailbox/ann?since=9999999999999")).isEmpty();
        JsonNode none = web.json("/api/v1/mailbox/ann/wait?timeout=0s&since="
                + later.get(0).get("id").textValue());
        assertThat(none.get("satisfied").booleanValue()).isFalse();
        assertThat(none.get("others")).isEmpty();
    }

    @Test
    void whole_messages_can_be_asked_for() {
        mail("ann", "Welcome");
        assertThat(web.json("/api/v1/mailbox/ann/wait?full=true")
                        .get("messages")
                        .get(0))
                .isEqualTo(web.json("/api/v1/mailbox/ann/latest"));
    }

    @Test
    void search_looks_into_every_mailbox_and_list_into_one() {
        mail("ann", "Welcome Ann");
        mail("bob", "Welcome Bob");
        mail("bob", "Receipt");
        assertThat(web.json("/api/v1/search?subject=wELCOME&from=NoReply%40").findValuesAsText("mailbox"))
                .containsExactly("ann", "bob");
        assertThat(web.json("/api/v1/search")).hasSize(3);
        assertThat(web.json("/api/v1/mailbox/bob?subject=welcome").findValuesAsText("subject"))
                .containsExactly("Welcome Bob");
        assertThat(web.json("/api/v1/mailbox/bob?from=somebody")).isEmpty();
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThat(refusal("/api/v1/mailbox/a/wait?subjct=x"))
                .isEqualTo(
                        "400 unknown parameter 'subjct'; this path takes count, from, full, since, subject, timeout");
        assertThat(refusal("/api/v1/mailbox/a/wait?count=0")).isEqualTo("400 count is '0'; it takes 1 to 500");
        assertThat(refusal("/api/v1/mailbox/a/wait?timeout=soon"))
                .isEqualTo("400 timeout is 'soon'; it takes a time such as 20s, 500ms or 2m");
        assertThat(refusal("/api/v1/mailbox/a/wait?timeout=6m"))
                .isEqualTo("400 timeout is '6m'; it takes at most 5m, ask again after that");
        assertThat(refusal("/api/v1/mailbox/a?since=yesterday"))
                .isEqualTo(
                        "400 since is 'yesterday'; it takes a message's id, milliseconds since 1970, or a time such as"
                                + " 2026-11-22T19:32:08.123Z");
    }

    private String refusal(String path) {
        HttpResponse<String> reply = web.get(path);
        return reply.statusCode() + " " + reply.body().strip();
    }

    @Test
    void five_hundred_waiters_need_no_threads_of_their_own() {
        List<CompletableFuture<JsonNode>> replies = IntStream.range(0, 500)
                .mapToObj(i -> waitFor("/api/v1/mailbox/box" + i + "/wait?subject=for&count=2&timeout=1m"))
                .toList();
        for (int i = 499; i >= 0; i--) {
            mail("box" + i, "for " + i);
        }
        assertThat(replies).as("one of two has arrived").noneMatch(CompletableFuture::isDone);
        assertThat(web.get("/api/v1/mailbox/box0").statusCode())
                .as("the server's four worker threads are free")
                .isEqualTo(200);
        for (int i = 0; i < 500; i++) {
            mail("box" + i, "for " + i + " again");
        }
        for (int i = 0; i < 500; i++) {
            assertThat(replies.get(i).join().get("messages").findValuesAsText("subject"))
                    .containsExactly("for " + i, "for " + i + " again");
        }
    }
}
