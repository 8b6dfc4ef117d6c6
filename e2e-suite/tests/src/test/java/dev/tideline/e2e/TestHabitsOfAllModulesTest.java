package dev.tideline.e2e;

import dev.tideline.testkit.archunit.TestHabits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Nothing sleeps outside of loops, and no test class uses another, in all modules but the last one, {@code bench}: that is
 * compiled after this test has run, and looks at itself. That the rules find what breaks them is shown beside the rules,
 * in the testkit.
 */
class TestHabitsOfAllModulesTest {

    @Test
    void tests_do_not_sleep_nor_lean_on_each_other() {
        List<Path> folders = new ArrayList<>(CompiledModules.compiled("src/main/java", "target/classes"));
        folders.addAll(CompiledModules.compiled("src/test/java", "target/test-classes"));
        TestHabits.check(folders.toArray(Path[]::new));
    }
}
