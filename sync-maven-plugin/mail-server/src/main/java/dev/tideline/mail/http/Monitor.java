package dev.tideline.mail.http;

import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.MessageHeader;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Websockets that receive the header of every message: first existing ones, then each new one. */
record Monitor(MailStore store, ScheduledExecutorService timer) implements WebSocketConnectionCallback {

    /** How many existing messages a new client gets at most: the newest, in the order of their arrival. */
    static final int REPLAY = 500;

    /** A client that reads much more slowly than mail arrives is disconnected, since unread data is in our heap. */
    private static final int MOST_UNREAD = 5_000;

    private static final long PING_SECONDS = 54;

    @Override
    public void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        RequestPath path = RequestPath.parse(exchange.getRequestURI().split("\\?", 2)[0]);
        Optional<MailboxName> mailbox =
                path.length() == 5 ? Optional.of(MailboxName.of(path.element(4))) : Optional.empty();
        Predicate<MessageHeader> wanted =
                header -> mailbox.isEmpty() || mailbox.get().equals(header.mailbox());
        Subscriber subscriber = new Subscriber(channel);
        Runnable end = store.subscribe(
                header -> {
                    if (wanted.test(header)) {
                        subscriber.push(header);
                    }
                },
                () -> store.newest(REPLAY, wanted).forEach(subscriber::push));
        ScheduledFuture<?> pings = timer.scheduleAtFixedRate(
                () -> WebSockets.sendPing(ByteBuffer.allocate(0), channel, null),
                PING_SECONDS,
                PING_SECONDS,
                TimeUnit.SECONDS);
        channel.addCloseTask(closed -> {
            end.run();
            pings.cancel(false);
        });
        channel.getReceiveSetter().set(new IgnoreWhatClientsSay());
        channel.resumeReceives();
        if (!channel.isOpen()) {
            end.run();
            pings.cancel(false);
        }
    }

    private static final class Subscriber implements WebSocketCallback<Void> {
        private final WebSocketChannel channel;
        private final AtomicInteger unread = new AtomicInteger();

        Subscriber(WebSocketChannel channel) {
            this.channel = channel;
        }

        /** Called in the order of arrival, under the store's lock; sending only queues. */
        void push(MessageHeader header) {
            if (unread.incrementAndGet() > MOST_UNREAD) {
                WebSockets.sendClose(CloseMessage.MSG_VIOLATES_POLICY, "reads too slowly", channel, null);
                return;
            }
            byte[] text = MailJson.bytes(json -> {
                json.writeStartObject();
                MailJson.headerFields(json, header);
                json.writeEndObject();
            });
            WebSockets.sendText(new String(text, StandardCharsets.UTF_8), channel, this);
        }

        @Override
        public void complete(WebSocketChannel sentTo, Void context) {
            unread.decrementAndGet();
        }

        @Override
        public void onError(WebSocketChannel sentTo, Void context, Throwable failure) {
            unread.decrementAndGet();
        }
    }

    private static final class IgnoreWhatClientsSay extends AbstractReceiveListener {
        @Override
        protected long getMaxTextBufferSize() {
            return 512;
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            // Inbucket reads and ignores it, too.
            message.getData();
        }
    }
}
