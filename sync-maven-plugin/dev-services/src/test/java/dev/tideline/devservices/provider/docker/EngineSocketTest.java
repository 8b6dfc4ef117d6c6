package dev.tideline.devservices.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a socket that answers what a test wants; against a real engine it is used by all tests with containers. */
@Timeout(60)
class EngineSocketTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void an_answer_is_its_status_and_all_that_follows_the_head() throws Exception {
        byte[] large = new byte[300_000];
        large[299_999] = 7;
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> request = answer(server, "HTTP/1.0 404 Not Found\r\nX: y\r\n\r\n", large);

            EngineAnswer answer = socket().ask("GET", "/containers/a/json", LONG);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.isNotFound()).isTrue();
            assertThat(answer.body()).isEqualTo(large);
            assertThat(request.join()).startsWith("GET /containers/a/json HTTP/1.0\r\n");
        }
    }

    @Test
    void json_becomes_maps_lists_and_plain_values() {
        byte[] body = "{\"a\":[1,\"two\",{\"b\":true}],\"c\":null}".getBytes(StandardCharsets.UTF_8);
        Map<String, Object> expected = new HashMap<>();
        expected.put("a", List.of(1L, "two", Map.of("b", true)));
        expected.put("c", null);

        assertThat(new EngineAnswer(200, body).json()).isEqualTo(expected);
    }

    @Test
    void an_answer_that_does_not_come_to_its_end_is_waited_for_as_long_as_was_said() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<SocketChannel> connection = CompletableFuture.supplyAsync(() -> accept(server));

            assertThatThrownBy(() -> socket().ask("POST", "/containers/a/wait", Duration.ofMillis(50)))
                    .isInstanceOf(SocketTimeoutException.class);
            connection.join().close();
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() throws Exception {
        try (ServerSocketChannel server = listen()) {
            Thread waiting = Thread.currentThread();
            CompletableFuture<SocketChannel> connection = CompletableFuture.supplyAsync(() -> accept(server));
            connection.thenRun(waiting::interrupt);

            assertThatThrownBy(() -> socket().ask("GET", "/", LONG)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            connection.join().close();
        }
    }

    @Test
    void a_thread_that_was_interrupted_before_is_answered_and_stays_interrupted() throws Exception {
        try (ServerSocketChannel server = listen()) {
            answer(server, "HTTP/1.0 204 No Content\r\n\r\n", new byte[0]);
            Thread.currentThread().interrupt();

            assertThat(socket().ask("DELETE", "/containers/a", LONG).status()).isEqualTo(204);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void what_is_no_http_is_reported() throws Exception {
        for (String nonsense : new String[] {"", "SSH-2.0\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.0 OK\r\n\r\n"}) {
            try (ServerSocketChannel server = listen()) {
                answer(server, nonsense, new byte[0]);
                assertThatThrownBy(() -> socket().ask("GET", "/", LONG))
                        .as(nonsense)
                        .isInstanceOf(IOException.class)
                        .hasMessage("no answer of HTTP from " + folder.resolve("s"));
            } finally {
                Files.delete(folder.resolve("s"));
            }
        }
    }

    private EngineSocket socket() {
        return new EngineSocket(folder.resolve("s"));
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("s")));
    }

    /** Answers one request, and gives the first part of it. */
    private static CompletableFuture<String> answer(ServerSocketChannel server, String head, byte[] body) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel connection = accept(server)) {
                ByteBuffer request = ByteBuffer.allocate(1000);
                connection.read(request);
                ByteBuffer answer = ByteBuffer.allocate(head.length() + body.length)
                        .put(head.getBytes(StandardCharsets.US_ASCII))
                        .put(body)
                        .flip();
                while (answer.hasRemaining()) {
                    connection.write(answer);
                }
                return new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static SocketChannel accept(ServerSocketChannel server) {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
