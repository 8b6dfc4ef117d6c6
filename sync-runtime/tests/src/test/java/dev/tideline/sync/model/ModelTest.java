package dev.tideline.sync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random histories. {@code -Dtideline.model.histories=1000} says how many; {@code -Dtideline.model.seed=7} plays that one
 * alone, {@code -Dtideline.model.repeat=20} times if it does not fail each time.
 */
class ModelTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LIMIT_OF_SHRINKING = Duration.ofSeconds(8);
    private static final int THREADS = 2;

    @Test
    void every_history_ends_with_what_was_committed_and_shows_nothing_else_on_the_way() throws Exception {
        Long seed = Long.getLong("tideline.model.seed");
        int histories = Integer.getInteger("tideline.model.histories", 30);
        long first = new Random().nextInt(1_000_000_000);
        long[] seeds = seed == null
                ? LongStream.range(first, first + histories).toArray()
                : LongStream.generate(() -> seed)
                        .limit(Integer.getInteger("tideline.model.repeat", 1))
                        .toArray();
        System.out.println(seeds.length + " histories from seed " + seeds[0]);
        AtomicInteger played = new AtomicInteger();
        AtomicReference<HistoryFailure> failure = new AtomicReference<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (long each : seeds) {
                running.add(threads.submit(() -> {
                    if (failure.get() == null) {
                        try {
                            new Player(History.of(each), LIMIT).play();
                            if (played.incrementAndGet() % 100 == 0) {
                                System.out.println(played + " histories played");
                            }
                        } catch (HistoryFailure e) {
                            failed(each, e, failure);
                        } catch (Exception e) {
                            failed(each, e, failure);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        if (failure.get() != null) {
            report(failure.get());
        }
    }

    private static void failed(long seed, Throwable cause, AtomicReference<HistoryFailure> first) {
        if (first.compareAndSet(null, new HistoryFailure(seed + "", cause))) {
            System.out.println("seed " + seed + " failed and is cut down now: " + cause.getMessage());
        }
    }

    private static void report(HistoryFailure failure) {
        History whole = History.of(Long.parseLong(failure.getMessage()));
        History shortest = Shrinker.shrink(whole, history -> fails(history, 3));
        String again = shortest.steps().size() == whole.steps().size() ? " (it does not fail every time)" : "";
        fail(
                "the history of seed " + whole.seed() + " failed" + again
                        + "; play it again with -Dtideline.model.seed="
                        + whole.seed() + "\n" + failure.getCause() + "\nIts shortest part that fails, "
                        + shortest.settings() + ":\n"
                        + shortest.steps().stream().map(Step::toString).collect(Collectors.joining("\n")),
                failure.getCause());
    }

    private static boolean fails(History history, int times) {
        for (int i = 0; i < times; i++) {
            try {
                new Player(history, LIMIT_OF_SHRINKING).play();
            } catch (Exception | HistoryFailure e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_seed_is_a_history() {
        assertThat(History.of(7)).isEqualTo(History.of(7)).isNotEqualTo(History.of(8));
    }

    @Test
    void a_failing_history_is_cut_down_to_the_steps_that_make_it_fail() {
        History history = History.of(7);
        List<Step> needed = List.of(history.steps().get(3), history.steps().get(9));

        assertThat(Shrinker.shrink(history, part -> part.steps().containsAll(needed))
                        .steps())
                .containsExactlyElementsOf(needed);
    }
}
