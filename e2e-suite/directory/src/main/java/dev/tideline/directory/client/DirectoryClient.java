package dev.tideline.directory.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.tideline.directory.client.TokenKeeper.Token;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Calls the API as one signed-in user. The access token is refreshed automatically: before it expires, after this
 * client changed the user, and when an answer shows that somebody else did. Safe for use by many threads.
 */
public final class DirectoryClient {

    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final Address address;
    private final String refreshToken;
    private final TokenKeeper tokens;

    /**
     * The address of the API, and the tenant.
     *
     * @param url {@code http://127.0.0.1:8102}
     * @param apiKey the tenant's client key
     */
    public record Address(String url, String tenant, String apiKey) {}

    /** @param refreshToken from signing up or in */
    public DirectoryClient(OkHttpClient http, Address address, String refreshToken) {
        this.http = http;
        this.address = address;
        this.refreshToken = refreshToken;
        this.tokens = new TokenKeeper(this::refresh, InstantSource.system());
    }

    /** A token for the user as this client last heard of it, for calls to other services. */
    public String accessToken() {
        return tokens.token();
    }

    /** The signed-in user. */
    public JsonNode me() {
        return call("GET", "/users/me", null);
    }

    /** Changes the signed-in user; later tokens contain the change. */
    public JsonNode updateMe(Map<String, Object> changes) {
        return call("PATCH", "/users/me", changes);
    }

    /**
     * Calls any path.
     *
     * @param body null for none
     * @return null if the answer has no body
     * @throws DirectoryClientException for an error
     */
    public JsonNode call(String method, String path, Map<String, Object> body) {
        Answer answer = send(method, path, body, Optional.of(tokens.token()));
        if (answer.isTokenRefused()) {
            tokens.doubt();
            answer = send(method, path, body, Optional.of(tokens.token()));
        }
        return answer.orThrow();
    }

    private Token refresh() {
        Answer answer = send("POST", "/auth/refresh", Map.of("refresh_token", refreshToken), Optional.empty());
        String token = answer.orThrow().get("access_token").asText();
        try {
            return new Token(
                    token,
                    answer.userVersion(),
                    SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant());
        } catch (ParseException e) {
            throw new IllegalStateException("The server gave an access token that is no JWT", e);
        }
    }

    private Answer send(String method, String path, Map<String, Object> body, Optional<String> token) {
        try {
            Request.Builder request = new Request.Builder()
                    .url(address.url + path)
                    .method(method, requestBody(method, body))
                    .header("X-Tenant-Id", address.tenant)
                    .header("X-Api-Key", address.apiKey)
                    .header("X-Allow-Restricted-User", "true");
            token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
            try (Response response = http.newCall(request.build()).execute()) {
                Answer answer = Answer.of(response);
                if (token.isPresent()) {
                    tokens.heardOf(answer.userVersion());
                }
                return answer;
            }
        } catch (IOException e) {
            // The change may have been made, and only its answer lost.
            tokens.doubt();
            throw new UncheckedIOException(method + " " + address.url + path + " failed", e);
        }
    }

    private static RequestBody requestBody(String method, Map<String, Object> body) throws IOException {
        if (body == null) {
            return method.equals("GET") || method.equals("DELETE") ? null : RequestBody.create(new byte[0], null);
        }
        return RequestBody.create(Json.MAPPER.writeValueAsBytes(body), JSON);
    }

    /** An answer. @param userVersion 0 if it contains none */
    private record Answer(int status, JsonNode body, long userVersion) {

        static Answer of(Response response) throws IOException {
            String text = response.body().string();
            String version = response.header(Api.USER_VERSION);
            return new Answer(
                    response.code(),
                    text.isEmpty() ? null : Json.MAPPER.readTree(text),
                    version == null ? 0 : Long.parseLong(version));
        }

        boolean isTokenRefused() {
            return status == 401 && body.path("code").asText().equals("ACCESS_TOKEN_INVALID");
        }

        JsonNode orThrow() {
            if (status >= 400) {
                throw new DirectoryClientException(
                        status, body.path("code").asText(), body.path("message").asText());
            }
            return body;
        }
    }
}
