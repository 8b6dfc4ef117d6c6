package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.testkit.fixture.MailServerUnderTest;
import dev.tideline.testkit.fixture.SmtpSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every server has to answer for a Mailbox to work with it: one suite for Tideline's and for a real Inbucket. */
@ParameterizedClass
@MethodSource("dev.tideline.testkit.fixture.MailServerUnderTest#kinds")
class InbucketShapesConformanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEADER_FIELDS =
            List.of("mailbox", "id", "from", "to", "subject", "date", "posix-millis", "size", "seen");

    private static final String TERMS = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: multipart/alternative; boundary=y

            --y
            Content-Type: text/plain; charset=utf-8

            plain
            --y
            Content-Type: text/html; charset=utf-8

            <p>rich</p>
            --y--
            --x
            Content-Type: text/plain; name=terms.txt
            Content-Disposition: attachment; filename="the terms.txt"

            the terms
            --x--
            """;

    @Parameter
    private MailServerUnderTest.Kind kind;

    private final HttpClient http = HttpClient.newHttpClient();
    private MailServerUnderTest underTest;
    private Mailbox inbox;
    private String path;

    @BeforeEach
    void start() {
        underTest = MailServerUnderTest.start(kind);
        inbox = Mailbox.create(underTest.server(), "ann");
        path = "/api/v1/mailbox/" + inbox.address().replace("@", "%40");
    }

    @AfterEach
    void stop() throws Exception {
        if (underTest != null) {
            underTest.close();
        }
    }

    @Test
    void an_empty_mailbox_is_an_empty_array() throws Exception {
        assertThat(json(path)).isEqualTo(JSON.readTree("[]"));
    }

    @Test
    void a_list_has_the_fields_of_a_header_oldest_first() throws Exception {
        send("Hello", "\none");
        send("Again", "\ntwo");

        JsonNode list = json(path);

        assertThat(list.findValuesAsText("subject")).containsExactly("Hello", "Again");
        assertThat(list.get(0).fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(HEADER_FIELDS);
        assertThat(list.get(0).get("mailbox").textValue()).isEqualTo(name());
        assertThat(list.get(0).get("from").textValue()).isEqualTo("App <app@example.com>");
        assertThat(list.get(0).get("to")).isEqualTo(JSON.readTree("[\"<" + inbox.address() + ">\"]"));
        assertThat(list.get(0).get("posix-millis").isIntegralNumber()).isTrue();
        assertThat(list.get(0).get("size").asInt()).isPositive();
        assertThat(list.get(0).get("seen").booleanValue()).isFalse();
    }

    @Test
    void a_message_has_body_header_and_attachments() throws Exception {
        send("Terms", TERMS);

        String id = json(path).get(0).get("id").textValue();
        JsonNode message = json(path + "/" + id);

        assertThat(message.fieldNames())
                .toIterable()
                .contains("body", "header", "attachments")
                .containsAll(HEADER_FIELDS);
        assertThat(message.at("/body/text").textValue().strip()).isEqualTo("plain");
        assertThat(message.at("/body/html").textValue()).contains("<p>rich</p>");
        assertThat(message.at("/header/Subject")).isEqualTo(JSON.readTree("[\"Terms\"]"));
        JsonNode file = message.at("/attachments/0");
        assertThat(file.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("filename", "content-type", "download-link", "view-link", "md5");
        assertThat(file.get("filename").textValue()).isEqualTo("the terms.txt");
        assertThat(file.get("download-link").textValue())
                .startsWith(underTest.server().api() + "/serve/mailbox/" + name() + "/" + id + "/attach/0/the");
        assertThat(file.get("view-link")).isEqualTo(file.get("download-link"));
        assertThat(json(path + "/latest").get("id").textValue()).isEqualTo(id);
    }

    @Test
    void a_link_ends_with_the_name_of_the_file_percent_encoded_by_tideline() throws Exception {
        send("Terms", TERMS);

        String link = json(path + "/latest").at("/attachments/0/download-link").textValue();

        assertThat(link)
                .endsWith(
                        kind == MailServerUnderTest.Kind.TIDELINE
                                ? "/attach/0/the%20terms.txt"
                                : "/attach/0/the terms.txt");
        assertThat(ask("GET", URI.create(link.replace(" ", "%20")).getRawPath(), "")
                        .body()
                        .strip())
                .isEqualTo("the terms");
    }

    @Test
    void the_latest_is_a_message_like_any_other() throws Exception {
        send("Terms", TERMS);

        JsonNode latest = json(path + "/latest");

        assertThat(withoutLinks(json(path + "/" + latest.get("id").textValue())))
                .isEqualTo(withoutLinks(latest));
    }

    @Test
    void the_source_is_plain_text() throws Exception {
        send("Hello", "\nsource");

        HttpResponse<String> source = ask("GET", path + "/latest/source", "");

        assertThat(source.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        // An Inbucket keeps what was sent with LF as the end of a line.
        assertThat(source.body().replace("\r\n", "\n"))
                .contains("\nSubject: Hello\n")
                .endsWith("\n\nsource\n");
    }

    @Test
    void a_message_can_be_marked_as_seen_and_deleted() throws Exception {
        send("Hello", "\none");
        send("Again", "\ntwo");
        String first = path + "/" + json(path).get(0).get("id").textValue();

        assertThat(ask("PATCH", first, "{\"seen\":true}").statusCode()).isEqualTo(200);
        assertThat(json(path).get(0).get("seen").booleanValue()).isTrue();
        assertThat(ask("DELETE", first, "").statusCode()).isEqualTo(200);
        assertThat(json(path).findValuesAsText("subject")).containsExactly("Again");
        assertThat(ask("DELETE", path, "").body().strip()).isEqualTo("\"OK\"");
        assertThat(json(path)).isEmpty();
    }

    @Test
    void an_unknown_id_is_not_found_and_neither_is_the_name_of_the_wait_but_for_tidelines_own() throws Exception {
        assertThat(ask("GET", path + "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(ask("GET", path + "/wait?timeout=1ms", "").statusCode())
                .isEqualTo(kind == MailServerUnderTest.Kind.TIDELINE ? 200 : 404);
    }

    @Test
    void a_name_is_a_local_part_in_lower_case_cut_at_the_plus() throws Exception {
        Mailbox tagged = Mailbox.of(
                underTest.server(), inbox.address().replace("@", "+Tag@").toUpperCase());
        SmtpSession.send(underTest.server(), "Hello", "\nhi", tagged);

        assertThat(json("/api/v1/mailbox/" + name()).findValuesAsText("subject"))
                .containsExactly("Hello");
        assertThat(tagged.fetchMessages(Mailbox.Fetch.NO_BODY)).hasSize(1);
    }

    @Test
    void the_websocket_replays_and_then_pushes_headers_unless_it_is_switched_off() throws Exception {
        if (kind == MailServerUnderTest.Kind.PLAIN_INBUCKET_WITHOUT_MONITOR) {
            assertThat(ask("GET", "/api/v1/monitor/messages/" + name(), "").statusCode())
                    .isEqualTo(404);
            return;
        }
        send("Hello", "\none");
        List<String> subjects = new CopyOnWriteArrayList<>();
        String root = underTest.server().api().toString().replaceFirst("http", "ws");
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(root + "/api/v1/monitor/messages/" + name()), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        try {
                            JsonNode header = JSON.readTree(data.toString());
                            assertThat(header.fieldNames())
                                    .toIterable()
                                    .containsExactlyInAnyOrderElementsOf(HEADER_FIELDS);
                            subjects.add(header.get("subject").textValue());
                        } catch (IOException | AssertionError e) {
                            subjects.add(e.toString());
                        }
                        from.request(1);
                        return null;
                    }
                })
                .join();
        Eventually.await("the mail that was there")
                .untilAsserted(() -> assertThat(subjects).containsExactly("Hello"));
        send("Again", "\ntwo");
        Eventually.await("the mail that came")
                .untilAsserted(() -> assertThat(subjects).containsExactly("Hello", "Again"));
        socket.abort();
    }

    /** Inbucket's links say {@code latest} where a message was asked for as the latest. */
    private static JsonNode withoutLinks(JsonNode message) {
        JsonNode copy = message.deepCopy();
        for (JsonNode file : copy.at("/attachments")) {
            ((ObjectNode) file).remove(List.of("download-link", "view-link"));
        }
        return copy;
    }

    private void send(String subject, String rest) {
        SmtpSession.send(underTest.server(), subject, rest, inbox);
    }

    private String name() {
        return inbox.address().substring(0, inbox.address().indexOf('@'));
    }

    private JsonNode json(String of) throws Exception {
        HttpResponse<String> answer = ask("GET", of, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> ask(String method, String of, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(underTest.server().api() + of))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
