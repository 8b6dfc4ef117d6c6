package dev.tideline.sync.request;

import dev.tideline.sync.request.AddressRule.RefusedAddressException;
import java.io.IOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends a signed POST once. Follows no redirect, uses no proxy, and reads little of the answer. Safe for use by many
 * threads.
 */
final class HttpSender implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int GONE = 410;

    /** How much of an answer is read, to be quoted in an error. */
    private static final long ANSWER_BYTES = 2_000;

    private static final int ERROR_LENGTH = 300;

    private static final String RETRY_AFTER = "retry-after";

    /** The same for OkHttp, which would send a request again by itself, or fail if it cannot read the number. */
    private static final String HIDDEN_RETRY_AFTER = "tideline-retry-after";

    private final ConnectionPool connections;
    private final Map<AddressRule, OkHttpClient> clients = new EnumMap<>(AddressRule.class);

    /**
     * @param timeout from the name lookup to the end of the answer
     */
    HttpSender(Duration timeout, int connections) {
        this.connections = new ConnectionPool(connections, 30, TimeUnit.SECONDS);
        OkHttpClient client = new OkHttpClient.Builder()
                .connectionPool(this.connections)
                .proxy(Proxy.NO_PROXY)
                .addNetworkInterceptor(HttpSender::hideRetryAfter)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
        for (AddressRule rule : AddressRule.values()) {
            clients.put(
                    rule,
                    client.newBuilder().socketFactory(new GuardedSockets(rule)).build());
        }
    }

    Outcome send(Message message, SigningSecrets secrets, boolean allowPrivate) {
        long started = System.nanoTime();
        HttpUrl url = HttpUrl.parse(message.url());
        if (url == null) {
            return failed(started, "this is not an address that can be called", true);
        }
        try (Response response = clients.get(AddressRule.of(url.isHttps(), allowPrivate))
                .newCall(request(url, message, secrets))
                .execute()) {
            return answered(started, response);
        } catch (RefusedAddressException e) {
            return failed(started, e.getMessage(), true);
        } catch (UnknownHostException e) {
            return failed(started, "the name " + url.host() + " cannot be resolved", false);
        } catch (IOException | RuntimeException e) {
            return failed(started, reason(e), false);
        }
    }

    private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String asked = response.header(RETRY_AFTER);
        return asked == null
                ? response
                : response.newBuilder()
                        .removeHeader(RETRY_AFTER)
                        .header(HIDDEN_RETRY_AFTER, asked)
                        .build();
    }

    private static Request request(HttpUrl url, Message message, SigningSecrets secrets) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.now();
        Request.Builder request = new Request.Builder().url(url).header("user-agent", "Tideline");
        message.headers().forEach(request::header);
        return request.header("accept-encoding", "identity") // an answer is not decompressed
                .removeHeader("expect") // few receivers answer it, and the body would wait for that
                .header(SigningSecrets.ID, message.id())
                .header(SigningSecrets.TIMESTAMP, Long.toString(now.getEpochSecond()))
                .header(SigningSecrets.SIGNATURE, secrets.sign(message.id(), now, body))
                .post(RequestBody.create(body, JSON))
                .build();
    }

    private static Outcome answered(long started, Response response) {
        int status = response.code();
        if (response.isSuccessful()) {
            return new Outcome(Optional.of(status), Optional.empty(), since(started), Optional.empty(), false);
        }
        String redirect = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
        return new Outcome(
                Optional.of(status),
                Optional.of(("answered " + status + redirect + beginning(response)).strip()),
                since(started),
                RetryAfter.of(response.header(HIDDEN_RETRY_AFTER), Instant.now()),
                status == GONE);
    }

    private static String beginning(Response response) {
        try {
            BufferedSource source = response.body().source();
            source.request(ANSWER_BYTES);
            String text = source.getBuffer()
                    .clone()
                    .readByteString(Math.min(ANSWER_BYTES, source.getBuffer().size()))
                    .utf8();
            String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), ERROR_LENGTH));
        } catch (IOException e) {
            return "";
        }
    }

    private static String reason(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage().replaceAll("[\\p{Cntrl}\\s]+", " ");
            }
        }
        return e.getClass().getSimpleName();
    }

    private static Outcome failed(long started, String error, boolean permanent) {
        return Outcome.failed(error, since(started), permanent);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.dispatcher().cancelAll());
        connections.evictAll();
    }
}
