package dev.tideline.sync.admin;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.Semaphore;

/**
 * How many requests of one kind may be at work at a time. Each holds one of the server's threads, for minutes perhaps, and the
 * others must still be answered. Safe for use by many threads.
 */
final class Places {

    private final Semaphore free;
    private final String title;

    /** @param title of the answer to whoever finds no place */
    Places(int most, String title) {
        this.free = new Semaphore(most);
        this.title = title;
    }

    Handler bounded(Handler handler) {
        return ctx -> with(ctx, handler);
    }

    private void with(Context ctx, Handler handler) throws Exception {
        if (!free.tryAcquire()) {
            ctx.header("Retry-After", "5");
            throw new ProblemException(429, title, "Try again in a few seconds.");
        }
        try {
            handler.handle(ctx);
        } finally {
            free.release();
        }
    }
}
