package dev.tideline.devservices.provider.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Simple requests to an engine at a Unix socket, each on its own connection. Docker's client can do all of it, too; but
 * loading its classes takes about as long as stopping four containers. Thread-safe.
 */
record EngineSocket(Path path) {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * Sends a request and waits for the whole answer. An interrupt ends the wait; one that came earlier does not, so
     * that what an interrupted start has begun can be undone.
     *
     * @param target path and query
     * @throws SocketTimeoutException if the answer is not complete within the limit
     * @throws InterruptedIOException if the thread is interrupted, whose flag stays set
     */
    EngineAnswer ask(String method, String target, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interruptedBefore = Thread.interrupted();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(path));
            // In HTTP/1.0 the answer is sent in one piece and the connection ends with it.
            ByteBuffer request = StandardCharsets.US_ASCII.encode(
                    method + " " + target + " HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n");
            while (request.hasRemaining()) {
                channel.write(request);
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return answer(readAll(channel, selector, deadline));
        } catch (ClosedByInterruptException e) {
            throw new InterruptedIOException("interrupted while talking to " + path);
        } finally {
            if (interruptedBefore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private byte[] readAll(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (true) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new SocketTimeoutException("no complete answer in time from " + path);
            }
            selector.select(left);
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while reading from " + path);
            }
            if (channel.read(buffer.clear()) < 0) {
                return read.toByteArray();
            }
            read.write(buffer.array(), 0, buffer.position());
        }
    }

    private EngineAnswer answer(byte[] bytes) throws IOException {
        int head = 0;
        while (head + END_OF_HEAD.length <= bytes.length
                && !Arrays.equals(bytes, head, head + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
            head++;
        }
        String[] status = new String(bytes, 0, Math.min(head, bytes.length), StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElse("")
                .split(" ", 3);
        if (status.length < 2 || !status[1].matches("\\d{3}") || head + END_OF_HEAD.length > bytes.length) {
            throw new IOException("no answer of HTTP from " + path);
        }
        return new EngineAnswer(
                Integer.parseInt(status[1]), Arrays.copyOfRange(bytes, head + END_OF_HEAD.length, bytes.length));
    }
}
