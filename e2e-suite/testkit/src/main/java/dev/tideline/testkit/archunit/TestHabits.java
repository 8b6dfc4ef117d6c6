package dev.tideline.testkit.archunit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two habits that keep tests quick, quiet and movable, held against compiled classes:
 *
 * <ul>
 *   <li>nothing sleeps, but for packages named {@code loop}: no call of or reference to {@code Thread.sleep},
 *       {@code TimeUnit.sleep}, {@code timedWait} or {@code timedJoin}, {@code LockSupport.parkNanos} or
 *       {@code parkUntil}, or any {@code sleepUninterruptibly};
 *   <li>no test class uses another test class. A test class has test methods of JUnit or TestNG, itself or nested; what
 *       two of them share belongs into main sources, or a class that is no test.
 * </ul>
 *
 * <pre>{@code
 * @Test
 * void tests_do_not_sleep_nor_lean_on_each_other() {
 *     TestHabits.check(Path.of("target/classes"), Path.of("target/test-classes"));
 * }
 * }</pre>
 */
public final class TestHabits {
    static final ArchRule ONLY_LOOPS_SLEEP = ArchRuleDefinition.classes()
            .that()
            .resideOutsideOfPackage("..loop..")
            .should(new NotSleep())
            .because("a test that sleeps waits too long on one day and not long enough on the next:"
                    + " Eventually waits for what happens")
            .allowEmptyShould(true); // There may be loops only; that there are classes at all is checked below.

    private TestHabits() {}

    /**
     * Checks both habits in all classes of these folders. Classes that the folders do not have are looked up on the
     * class path. May be called by many threads.
     *
     * @param folders of class files, of main sources or of tests, such as {@code target/test-classes}; at least one
     * @throws IllegalArgumentException if a folder does not exist or has no class, since a rule about nothing always
     *     holds
     * @throws AssertionError if a class breaks a habit; lists each place with file and line
     */
    public static void check(Path... folders) {
        if (folders.length == 0) {
            throw new IllegalArgumentException("Name at least one folder of classes, say target/test-classes");
        }
        for (Path folder : folders) {
            if (!hasClasses(folder)) {
                throw new IllegalArgumentException(
                        "There are no classes in " + folder + ": compile before the rules are checked");
            }
        }
        JavaClasses classes = new ClassFileImporter().importPaths(List.of(folders));
        ONLY_LOOPS_SLEEP.check(classes);
        testsStandAlone().check(classes);
    }

    /** One for each check, because it knows the test classes of what it checks. */
    private static ArchRule testsStandAlone() {
        return ArchRuleDefinition.classes()
                .should(new UseNoOtherTestClass())
                .because("a test must be free to change and move: put what is shared into main sources,"
                        + " or a class that is no test");
    }

    private static boolean hasClasses(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        } catch (IOException e) {
            return false;
        }
    }
}
