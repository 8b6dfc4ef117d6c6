package dev.tideline.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Rings when an awaited mail arrives: Inbucket's websocket. It only means that it is worth looking into the mailbox,
 * since a server replays only the newest mails of all mailboxes together and may drop a slow client. Rung by the
 * connection's thread, awaited by one other.
 */
final class MailBell implements WebSocket.Listener, AutoCloseable {

    /** The server has no websocket, or none that answers. */
    static final class NoBell extends Exception {

        NoBell(Throwable cause) {
            super("no websocket", cause, false, false);
        }
    }

    private final Predicate<MailMessage> wanted;
    private final Semaphore rung = new Semaphore(0);
    private final StringBuilder text = new StringBuilder();
    private volatile boolean broken;
    private WebSocket socket;

    private MailBell(Predicate<MailMessage> wanted) {
        this.wanted = wanted;
    }

    /**
     * Connects.
     *
     * @throws NoBell if the server refuses, or does not answer in this time
     */
    static MailBell hang(URI monitor, Predicate<MailMessage> wanted, Duration atMost)
            throws NoBell, InterruptedException {
        MailBell bell = new MailBell(wanted);
        CompletableFuture<WebSocket> connecting =
                JsonServer.HTTP.newWebSocketBuilder().connectTimeout(atMost).buildAsync(monitor, bell);
        // If this side gives up first, nobody else would end the connection.
        connecting.thenAccept(connected -> bell.endIfGivenUp(connected));
        try {
            bell.socket = connecting.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return bell;
        } catch (ExecutionException e) {
            throw new NoBell(e.getCause());
        } catch (TimeoutException e) {
            bell.broken = true;
            throw new NoBell(e);
        } catch (InterruptedException e) {
            bell.broken = true;
            throw e;
        }
    }

    /** Whether a server refused, rather than being unreachable for the moment. */
    static boolean isRefusal(NoBell none) {
        return none.getCause() instanceof WebSocketHandshakeException || none.getCause() instanceof TimeoutException;
    }

    /**
     * Waits for the next ring.
     *
     * @return false if the time is over, or the connection has ended
     */
    boolean rings(Duration atMost) throws InterruptedException {
        boolean heard = rung.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        rung.drainPermits();
        return heard && !broken;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            if (isWanted(text.toString())) {
                rung.release();
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        breakOff();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        breakOff();
    }

    /** An unreadable header may be anything, so it is worth looking. */
    private boolean isWanted(String header) {
        try {
            return wanted.test(InbucketJson.header(JsonServer.JSON.readTree(header)));
        } catch (JsonProcessingException | MailServerException e) {
            return true;
        }
    }

    private void breakOff() {
        broken = true;
        rung.release();
    }

    private void endIfGivenUp(WebSocket connected) {
        if (broken) {
            connected.abort();
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
