package dev.tideline.devservices.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMutexTest {

    @TempDir
    Path folder;

    @Test
    void a_lock_that_is_not_released_in_time_is_reported_with_its_holder_and_purpose() {
        Path file = folder.resolve("lock");
        String holder = "pid " + ProcessHandle.current().pid() + " (starting services)";
        List<String> told = new ArrayList<>();
        FileMutex held = FileMutex.acquire(file, Duration.ZERO, "starting services", told::add);
        try (held) {
            assertThatThrownBy(() -> FileMutex.acquire(file, Duration.ZERO, "stopping services", told::add))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessage(file + " is locked by " + holder + " and was not released within 0 s. Wait for that"
                            + " process to end, or end it, then try again.");
        }
        assertThat(told).containsExactly(holder);
        FileMutex.acquire(file, Duration.ZERO, "stopping services", told::add).close();
        assertThat(told).hasSize(1);
    }
}
