package dev.tideline.sync.model;

import dev.tideline.sync.CutWire;
import dev.tideline.sync.SteppedPipeline;
import dev.tideline.sync.SyncRuntime;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The runtimes of one history, several on one source. Used by one thread. */
final class Runtimes implements AutoCloseable {

    /** What a killed runtime leaves in our process is tidied up here, by and by. */
    private static final ExecutorService REMAINS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "remains");
        thread.setDaemon(true);
        return thread;
    });

    private record Running(CutWire wire, SteppedPipeline stepped, SyncRuntime free) {

        void stop() throws SQLException {
            if (stepped != null) {
                stepped.close();
            } else {
                free.close();
            }
            wire.close();
        }
    }

    private static final String ENDED_BY_ANOTHER = "57P01";

    private final Arena arena;
    private final Settings settings;
    private final Map<Integer, Running> running = new HashMap<>();

    Runtimes(Arena arena, Settings settings) {
        this.arena = arena;
        this.settings = settings;
    }

    boolean any() {
        return !running.isEmpty();
    }

    void start(int number) throws SQLException, IOException {
        if (running.containsKey(number)) {
            return;
        }
        CutWire wire = new CutWire(arena.port());
        var config = arena.config(wire.port(), settings);
        try {
            running.put(
                    number,
                    settings.stepped()
                            ? new Running(wire, SteppedPipeline.start(config), null)
                            : new Running(wire, null, SyncRuntime.start(config)));
        } catch (RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    void stop(int number) throws SQLException {
        Running runtime = running.remove(number);
        if (runtime != null) {
            runtime.stop();
        }
    }

    void kill(int number) {
        Running runtime = running.remove(number);
        if (runtime != null) {
            runtime.wire().close();
            REMAINS.execute(() -> {
                try {
                    runtime.stop();
                } catch (SQLException | RuntimeException e) {
                    // It finds all of its connections dead, which is what was to be.
                }
            });
        }
    }

    void sequence(int number) throws SQLException {
        Running runtime = running.get(number);
        if (runtime != null && runtime.stepped() != null) {
            try {
                runtime.stepped().sequence();
            } catch (SQLException e) {
                if (!ENDED_BY_ANOTHER.equals(e.getSQLState())) {
                    throw e;
                }
                // On a busy machine the other one may take it for hung; a loop would go on with the next pass.
            }
        }
    }

    void poll(int number, boolean await) throws Exception {
        Running runtime = running.get(number);
        if (runtime != null && runtime.stepped() != null) {
            runtime.stepped().poll();
            if (await) {
                runtime.stepped().awaitIdle();
            }
        }
    }

    /** One pass of everything, where nothing runs by itself. */
    void advance() throws Exception {
        for (int number : List.copyOf(running.keySet())) {
            sequence(number);
            poll(number, true);
        }
    }

    /** Ends all of them in an orderly way. */
    @Override
    public void close() throws SQLException {
        for (int number : new ArrayList<>(running.keySet())) {
            stop(number);
        }
    }
}
