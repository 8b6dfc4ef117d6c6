package dev.tideline.bench;

import dev.tideline.testkit.archunit.TestHabits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchHabitsTest {
    @Test
    void tests_do_not_sleep_nor_lean_on_each_other() {
        TestHabits.check(Path.of("target/classes"), Path.of("target/test-classes"));
    }
}
