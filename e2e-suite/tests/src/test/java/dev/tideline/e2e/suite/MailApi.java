package dev.tideline.e2e.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The mail server's HTTP API without anything between. */
public record MailApi(MailServer server) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a mailbox's messages are. */
    public static String of(Mailbox mailbox) {
        return "/api/v1/mailbox/" + name(mailbox);
    }

    /** Its name, which is not its address. */
    public static String name(Mailbox mailbox) {
        return mailbox.address().substring(0, mailbox.address().indexOf('@'));
    }

    /** @param path or a whole address @param body null for none */
    public HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.api().resolve(URI.create(path)))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode get(String path) throws Exception {
        HttpResponse<String> response = call("GET", path, null);
        if (response.statusCode() != 200) {
            throw new AssertionError("GET " + path + " answers " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
