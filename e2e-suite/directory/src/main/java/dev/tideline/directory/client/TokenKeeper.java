package dev.tideline.directory.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Keeps one access token current. A token is for one version of the user; as soon as a newer version is known, or the
 * token is about to expire, the next caller gets a new one. Concurrent callers share one refresh. A refresh that began
 * before a change, and so returned an older version, is never handed out after it. Safe for use by many threads.
 */
final class TokenKeeper {

    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Supplier<Token> refresh;
    private final InstantSource clock;

    // All guarded by this.
    private Token current;
    private long wanted;
    private long doubts;
    private CompletableFuture<Token> running;

    /** An access token. @param userVersion of the user in it */
    record Token(String text, long userVersion, Instant expiresAt) {}

    /**
     * @param refresh gets a new token from the server; its exception is thrown to all who wait for it
     */
    TokenKeeper(Supplier<Token> refresh, InstantSource clock) {
        this.refresh = refresh;
        this.clock = clock;
    }

    /** A token for the user as last heard of. */
    String token() {
        while (true) {
            CompletableFuture<Token> shared;
            boolean mine = false;
            long wantedThen;
            long doubtsThen;
            synchronized (this) {
                if (isCurrent(current)) {
                    return current.text;
                }
                mine = running == null;
                if (mine) {
                    running = new CompletableFuture<>();
                }
                shared = running;
                wantedThen = wanted;
                doubtsThen = doubts;
            }
            if (mine) {
                refresh(shared, wantedThen, doubtsThen);
            }
            join(shared);
        }
    }

    private boolean isCurrent(Token token) {
        return token != null
                && token.userVersion >= wanted
                && clock.instant().plus(MARGIN).isBefore(token.expiresAt);
    }

    private void refresh(CompletableFuture<Token> shared, long wantedThen, long doubtsThen) {
        try {
            Token fresh = refresh.get();
            synchronized (this) {
                running = null;
                if (doubts != doubtsThen) {
                    current = null;
                } else if (wanted == wantedThen && fresh.userVersion < wanted) {
                    // The server was asked after it reported a version that it no longer has: it was restored.
                    wanted = fresh.userVersion;
                    current = fresh;
                } else if (current == null || fresh.userVersion >= current.userVersion) {
                    current = fresh;
                }
            }
            shared.complete(fresh);
        } catch (RuntimeException e) {
            synchronized (this) {
                running = null;
            }
            shared.completeExceptionally(e);
        }
    }

    private static void join(CompletableFuture<Token> shared) {
        try {
            shared.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** An answer said that the user has this version. */
    synchronized void heardOf(long userVersion) {
        wanted = Math.max(wanted, userVersion);
    }

    /** The token was refused, or it is unknown whether a change was made: the next caller gets a new one. */
    synchronized void doubt() {
        current = null;
        doubts++;
    }
}
