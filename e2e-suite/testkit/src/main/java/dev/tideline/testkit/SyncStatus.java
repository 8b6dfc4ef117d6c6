package dev.tideline.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The answer of the sync's admin API, for a person to read. */
final class SyncStatus {
    private static volatile boolean used;

    private SyncStatus() {}

    /** Notes that tests of this JVM use a sync. */
    static void use() {
        used = true;
    }

    /** Whether they do: the status of an unused sync would distract from the failure. */
    static boolean isUsed() {
        return used;
    }

    /**
     * @param token of the admin API, or null
     */
    static List<String> lines(URI admin, String token, Duration timeout) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(admin.resolve("/api/v1/status")).timeout(timeout);
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = JsonServer.HTTP.send(request.build(), BodyHandlers.ofString());
        return Stream.concat(
                        response.statusCode() == 200
                                ? Stream.empty()
                                : Stream.of("answered with status " + response.statusCode()
                                        + (response.statusCode() == 401
                                                ? ", set " + Circumstances.TOKEN_VARIABLE
                                                : "")),
                        response.body().lines())
                .toList();
    }
}
