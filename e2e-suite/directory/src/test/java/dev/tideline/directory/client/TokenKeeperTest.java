package dev.tideline.directory.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.directory.client.TokenKeeper.Token;
import dev.tideline.directory.fixture.Together;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenKeeperTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void aTokenIsKeptUntilShortlyBeforeItExpires() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        AtomicInteger refreshes = new AtomicInteger();
        TokenKeeper keeper = new TokenKeeper(
                () -> new Token("t" + refreshes.incrementAndGet(), 1, now.get().plusSeconds(600)), now::get);
        assertThat(keeper.token()).isEqualTo("t1");
        now.set(NOON.plusSeconds(569));
        assertThat(keeper.token()).isEqualTo("t1");
        now.set(NOON.plusSeconds(570));
        assertThat(keeper.token()).isEqualTo("t2");
    }

    @Test
    void hearingOfANewerVersionRefreshesOnceAndOfAnOlderOneNever() {
        Deque<Token> server = new ArrayDeque<>(List.of(token("v3", 3), token("v5", 5)));
        TokenKeeper keeper = new TokenKeeper(server::remove, () -> NOON);
        assertThat(keeper.token()).isEqualTo("v3");
        keeper.heardOf(2);
        assertThat(keeper.token()).isEqualTo("v3");
        keeper.heardOf(5);
        assertThat(keeper.token()).isEqualTo("v5");
        assertThat(keeper.token()).isEqualTo("v5");
    }

    @Test
    void sixteenCallersAtOnceShareOneRefresh() throws Exception {
        AtomicInteger refreshes = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    refreshes.incrementAndGet();
                    await(go);
                    return token("v1", 1);
                },
                () -> NOON);
        AtomicInteger callers = new AtomicInteger();
        List<String> tokens = Together.get(16, caller -> {
            if (callers.incrementAndGet() == 16) {
                go.countDown();
            }
            return keeper.token();
        });
        assertThat(tokens).hasSize(16).containsOnly("v1");
        assertThat(refreshes).hasValue(1);
    }

    @Test
    void aRefreshThatBeganBeforeAChangeNeverBringsBackOldClaims() throws Exception {
        Deque<Token> server = new ArrayDeque<>(List.of(token("old", 1), token("new", 2)));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    Token token = server.remove();
                    asked.countDown();
                    await(changed);
                    return token;
                },
                () -> NOON);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> began = other.submit(keeper::token);
            await(asked);
            keeper.heardOf(2);
            changed.countDown();
            assertThat(began.get()).isEqualTo("new");
            assertThat(keeper.token()).isEqualTo("new");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aRefreshThatBeganBeforeAnAnswerWasLostDoesNotCount() throws Exception {
        Deque<Token> server = new ArrayDeque<>(List.of(token("before", 1), token("after", 1)));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    Token token = server.remove();
                    asked.countDown();
                    await(lost);
                    return token;
                },
                () -> NOON);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> began = other.submit(keeper::token);
            await(asked);
            keeper.doubt();
            lost.countDown();
            assertThat(began.get()).isEqualTo("after");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aServerThatWasRestoredToAnOlderVersionIsBelieved() {
        Deque<Token> server = new ArrayDeque<>(List.of(token("v9", 9), token("v4", 4)));
        TokenKeeper keeper = new TokenKeeper(server::remove, () -> NOON);
        keeper.token();
        keeper.heardOf(10);
        assertThat(keeper.token()).isEqualTo("v4");
        assertThat(keeper.token()).isEqualTo("v4");
    }

    @Test
    void aFailedRefreshFailsItsCallersAndTheNextOneTriesAgain() {
        AtomicInteger refreshes = new AtomicInteger();
        TokenKeeper keeper = new TokenKeeper(
                () -> {
                    if (refreshes.incrementAndGet() == 1) {
                        throw new IllegalStateException("no network");
                    }
                    return token("v1", 1);
                },
                () -> NOON);
        assertThatThrownBy(keeper::token)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no network");
        assertThat(keeper.token()).isEqualTo("v1");
    }

    private static Token token(String text, long version) {
        return new Token(text, version, NOON.plusSeconds(600));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
