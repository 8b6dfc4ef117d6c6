package dev.tideline.e2e.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.MailApi;
import dev.tideline.e2e.suite.Post;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.Mailbox;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Inbucket's REST v1, and what Inbucket lacks. */
@EndToEnd
class MailboxApiIT {

    @Test
    void aMailboxIsAnArrayOfHeadersWithTheOldestFirst(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        assertThat(api.get(MailApi.of(ada))).isEmpty();
        Post.send(ada, "first");
        Post.send(ada, "second");
        JsonNode list = api.get(MailApi.of(ada));
        assertThat(list.findValuesAsText("subject")).containsExactly("first", "second");
        List<String> fields = new ArrayList<>();
        list.get(0).fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "mailbox", "id", "from", "to", "subject", "date", "posix-millis", "size", "seen");
        assertThat(list.at("/0/mailbox").asText()).isEqualTo(MailApi.name(ada));
        assertThat(list.at("/0/from").asText()).isEqualTo("Shop <shop@example.com>");
        assertThat(list.at("/0/to/0").asText()).isEqualTo("<" + ada.address() + ">");
        assertThat(list.at("/0/seen").asBoolean()).isFalse();
        assertThat(Instant.parse(list.at("/0/date").asText()).toEpochMilli())
                .isEqualTo(list.at("/0/posix-millis").asLong());
    }

    @Test
    void aMessageAddsBodyHeaderAndAttachmentsWithLinksThatWork(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        MimeMessage message = Post.message(ada.server(), "With a file", ada.address());
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Hello");
        MimeBodyPart html = new MimeBodyPart();
        html.setContent("<p>Hello</p>", "text/html");
        MimeBodyPart file = new MimeBodyPart();
        file.setContent("ahoy", "text/plain");
        file.setFileName("a b.txt");
        file.setDisposition("attachment");
        message.setContent(new MimeMultipart("mixed", text, html, file));
        Transport.send(message);
        String id = api.get(MailApi.of(ada)).at("/0/id").asText();
        JsonNode whole = api.get(MailApi.of(ada) + "/" + id);
        assertThat(whole.at("/body/text").asText().strip()).isEqualTo("Hello");
        assertThat(whole.at("/body/html").asText().strip()).isEqualTo("<p>Hello</p>");
        assertThat(whole.at("/header/Subject/0").asText()).isEqualTo("With a file");
        JsonNode attachment = whole.at("/attachments/0");
        assertThat(attachment.get("filename").asText()).isEqualTo("a b.txt");
        assertThat(attachment.get("content-type").asText()).startsWith("text/plain");
        assertThat(attachment.get("md5").asText()).isEqualTo("9609a0108b80a92967d3461a789e1f37");
        for (String link : List.of("download-link", "view-link")) {
            assertThat(attachment.get(link).asText())
                    .isEqualTo(ada.server().api() + "/serve/mailbox/" + MailApi.name(ada) + "/" + id
                            + "/attach/0/a%20b.txt");
            assertThat(api.call("GET", attachment.get(link).asText(), null)
                            .body()
                            .strip())
                    .isEqualTo("ahoy");
        }
    }

    @Test
    void latestIsAnId(Mailbox ada) throws Exception {
        Post.send(ada, "first");
        Post.send(ada, "second");
        MailApi api = new MailApi(ada.server());
        assertThat(api.get(MailApi.of(ada) + "/latest").get("subject").asText()).isEqualTo("second");
    }

    @Test
    void theSourceIsPlainText(Mailbox ada) throws Exception {
        Post.send(ada, "Plain");
        HttpResponse<String> source = new MailApi(ada.server()).call("GET", MailApi.of(ada) + "/latest/source", null);
        assertThat(source.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(source.body()).contains("Subject: Plain\r\n", "\r\n\r\nHello");
    }

    @Test
    void aMessageIsMarkedAsSeen(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        Post.send(ada, "x");
        String path =
                MailApi.of(ada) + "/" + api.get(MailApi.of(ada)).at("/0/id").asText();
        assertThat(api.call("PATCH", path, "{\"seen\":true}").body()).isEqualTo("\"OK\"");
        assertThat(api.get(MailApi.of(ada)).at("/0/seen").asBoolean()).isTrue();
    }

    @Test
    void messagesAreDeletedOneByOneAndAllAtOnce(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        for (String subject : List.of("first", "second", "third")) {
            Post.send(ada, subject);
        }
        String first =
                MailApi.of(ada) + "/" + api.get(MailApi.of(ada)).at("/0/id").asText();
        assertThat(api.call("DELETE", first, null).body()).isEqualTo("\"OK\"");
        assertThat(api.get(MailApi.of(ada)).findValuesAsText("subject")).containsExactly("second", "third");
        assertThat(api.call("DELETE", MailApi.of(ada), null).body()).isEqualTo("\"OK\"");
        assertThat(api.get(MailApi.of(ada))).isEmpty();
        assertThat(api.call("GET", first, null).statusCode()).isEqualTo(404);
        assertThat(api.call("GET", first + "/source", null).statusCode()).isEqualTo(404);
        assertThat(api.call("PATCH", first, "{\"seen\":true}").statusCode()).isEqualTo(404);
        assertThat(api.call("DELETE", first, null).statusCode()).isEqualTo(404);
    }

    @Test
    void aMailboxIsNamedByTheLocalPartInLowerCaseUpToThePlus(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        String upper = MailApi.name(ada).toUpperCase(Locale.ROOT);
        Transport.send(Post.message(ada.server(), "x", upper + "+news@elsewhere.example"));
        for (String name : List.of(MailApi.name(ada), upper, MailApi.name(ada) + "%40any.example", upper + "%2Bmore")) {
            assertThat(api.get("/api/v1/mailbox/" + name).findValuesAsText("mailbox"))
                    .as(name)
                    .containsExactly(MailApi.name(ada));
        }
    }

    @Test
    void aMailboxKeepsTheNewestFiveHundred(Mailbox ada) throws Exception {
        MimeMessage message = Post.message(ada.server(), "x", ada.address());
        try (Transport transport = Post.session(ada.server()).getTransport("smtp")) {
            transport.connect();
            for (int i = 1; i <= 502; i++) {
                message.setSubject("number " + i);
                message.saveChanges();
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        List<String> subjects = new MailApi(ada.server()).get(MailApi.of(ada)).findValuesAsText("subject");
        assertThat(subjects).hasSize(500).startsWith("number 3").endsWith("number 502");
    }

    @Test
    void aWebsocketReplaysWhatIsThereAndThenPushesWhatComes(Mailbox ada) throws Exception {
        Post.send(ada, "before");
        List<String> heard = new CopyOnWriteArrayList<>();
        String address = ada.server().api().toString().replaceFirst("http", "ws") + "/api/v1/monitor/messages/"
                + MailApi.name(ada);
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        heard.add(data.toString());
                        webSocket.request(1);
                        return null;
                    }
                })
                .get();
        try {
            Eventually.await("the mail that was there is replayed").until(() -> heard, "one", list -> list.size() == 1);
            Post.send(ada, "after");
            Eventually.await("the new mail is pushed").until(() -> heard, "two", list -> list.size() == 2);
        } finally {
            socket.abort();
        }
        assertThat(new ObjectMapper().readTree(heard.toString()).findValuesAsText("subject"))
                .containsExactly("before", "after");
    }

    @Test
    void mailIsSearchedBySubjectSenderAndTime(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        Post.send(ada, "An invoice");
        Post.send(ada, "A receipt");
        assertThat(subjects(api, ada, "?subject=INVOICE")).containsExactly("An invoice");
        assertThat(subjects(api, ada, "?from=shop%40")).containsExactly("An invoice", "A receipt");
        assertThat(subjects(api, ada, "?from=nobody")).isEmpty();
        String first = api.get(MailApi.of(ada)).at("/0/id").asText();
        assertThat(subjects(api, ada, "?since=" + first)).containsExactly("A receipt");
        assertThat(api.get("/api/v1/search?subject=receipt&since=" + first).findValuesAsText("mailbox"))
                .contains(MailApi.name(ada));
    }

    private static List<String> subjects(MailApi api, Mailbox mailbox, String query) throws Exception {
        return api.get(MailApi.of(mailbox) + query).findValuesAsText("subject");
    }

    @Test
    void aWaitEndsAsSoonAsTheMailIsThereAndSaysWhatElseCame(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return api.get(MailApi.of(ada) + "/wait?subject=code&count=1&timeout=30s");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Post.send(ada, "Something else");
        Post.send(ada, "Your code");
        JsonNode answer = waiting.get();
        assertThat(answer.get("satisfied").asBoolean()).isTrue();
        assertThat(answer.get("messages").findValuesAsText("subject")).containsExactly("Your code");
        assertThat(answer.get("others").findValuesAsText("subject")).containsExactly("Something else");
        JsonNode inVain = api.get(MailApi.of(ada) + "/wait?subject=code&count=2&timeout=50ms");
        assertThat(inVain.get("satisfied").asBoolean()).isFalse();
        assertThat(inVain.get("messages")).hasSize(1);
    }

    @Test
    void thePageShowsHtmlInASandbox(Mailbox ada) throws Exception {
        MailApi api = new MailApi(ada.server());
        MimeMessage message = Post.message(ada.server(), "Styled", ada.address());
        message.setContent("<p>Hello</p><script>alert(1)</script>", "text/html");
        Transport.send(message);
        assertThat(api.call("GET", "/mailbox/" + MailApi.name(ada), null).body())
                .contains("<html");
        String id = api.get(MailApi.of(ada)).at("/0/id").asText();
        HttpResponse<String> html = api.call("GET", "/serve/mailbox/" + MailApi.name(ada) + "/" + id + "/html", null);
        assertThat(html.body()).contains("<p>Hello</p>");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox", "default-src 'none'")
                .doesNotContain("allow-scripts");
    }
}
