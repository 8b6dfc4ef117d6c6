package dev.tideline.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.loop.Poll;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LiveProgressTest {

    private static final String ERASE_ONE_LINE = "\033[1A\033[J";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Progress log = new Progress() {
        @Override
        public void waiting(String service, String what) {}

        @Override
        public void done(String service, String what) {
            logged.add(service + ": " + what);
        }

        @Override
        public void note(String message) {
            logged.add(message);
        }

        @Override
        public void warning(String message) {
            logged.add("warning: " + message);
        }
    };

    @Test
    void shows_what_is_waited_for_with_the_seconds_and_leaves_only_the_log() {
        try (LiveProgress live = new LiveProgress(log, new PrintStream(screen, true, StandardCharsets.UTF_8))) {
            live.waiting("postgres", "starts on port 8128");
            assertThat(shown("  postgres           starts on port 8128 … 0.")).isTrue();
            live.waiting("postgres", "sets up fresh data");
            assertThat(shown("  postgres           sets up fresh data … ")).isTrue();
            // Redrawn in place: the line above is taken back before it is drawn again.
            assertThat(shown(ERASE_ONE_LINE)).isTrue();

            live.note("Pulling image postgres:18 for postgres.");
            live.warning("The data is old.");
            live.done("postgres", "ready");
            assertThat(logged)
                    .containsExactly(
                            "Pulling image postgres:18 for postgres.", "warning: The data is old.", "postgres: ready");
        }
        assertThat(lines(text())).isZero();
    }

    @Test
    void what_is_waited_for_at_the_end_does_not_stay_on_the_screen() {
        try (LiveProgress live = new LiveProgress(log, new PrintStream(screen, true, StandardCharsets.UTF_8))) {
            live.waiting("mail", "starts on port 8129");
            live.waiting("collector", "starts on port 8131");
            assertThat(shown("collector")).isTrue();
        }
        assertThat(lines(text())).isZero();
    }

    /** How many lines stay on the screen: those that were drawn, less those that were taken back. */
    private static long lines(String text) {
        long drawn = text.lines().filter(line -> line.contains(" … ")).count();
        long erased = java.util.regex.Pattern.compile("\033\\[(\\d+)A")
                .matcher(text)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
        return drawn - erased;
    }

    private boolean shown(String part) {
        return Poll.untilTrue(Duration.ofSeconds(20), () -> text().contains(part));
    }

    private String text() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
