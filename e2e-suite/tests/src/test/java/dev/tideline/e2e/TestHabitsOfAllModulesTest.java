package dev.tideline.e2e;

import dev.tideline.testkit.archunit.TestHabits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing sleeps outside of loops, and no test class uses another, in all modules but the last one, {@code bench}: that is
 * compiled after this test has run, and looks at itself. That the rules find what breaks them is shown beside the rules,
 * in the testkit.
 */
class TestHabitsOfAllModulesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path LAST = ROOT.resolve("e2e-suite/bench");

    @Test
    void tests_do_not_sleep_nor_lean_on_each_other() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path module : modules()) {
            for (String part : List.of("main", "test")) {
                if (Files.isDirectory(module.resolve("src/" + part + "/java"))) {
                    folders.add(module.resolve(part.equals("main") ? "target/classes" : "target/test-classes"));
                }
            }
        }
        TestHabits.check(folders.toArray(Path[]::new));
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 3, (path, attributes) -> path.getFileName().toString().equals("pom.xml"))) {
            return files.map(Path::getParent)
                    .filter(folder -> !folder.equals(LAST))
                    .filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .sorted()
                    .toList();
        }
    }
}
