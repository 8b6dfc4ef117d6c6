package dev.tideline.testkit.archunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.fixture.ClassFolders;
import dev.tideline.testkit.fixture.Compiled;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestHabitsTest {
    private static final String WHY_NOT_SLEEP = "because a test that sleeps waits too long on one day and not long"
            + " enough on the next: Eventually waits for what happens";
    private static final String WHY_STAND_ALONE = "because a test must be free to change and move: put what is shared"
            + " into main sources, or a class that is no test";

    @TempDir
    private Path folder;

    @Test
    void this_module_keeps_them() {
        TestHabits.check(ClassFolders.of(Eventually.class), ClassFolders.of(TestHabitsTest.class));
    }

    @Test
    void every_way_to_sleep_is_found() {
        String source = """
                package app;
                import java.util.concurrent.TimeUnit;
                import java.util.concurrent.locks.LockSupport;
                class Sleeper {
                    interface Pause { void of(long millis) throws Exception; }
                    Pause reference = Thread::sleep;
                    void thread() throws Exception { Thread.sleep(1); }
                    void unit() throws Exception { TimeUnit.SECONDS.sleep(1); }
                    void join(Thread other) throws Exception { TimeUnit.SECONDS.timedJoin(other, 1); }
                    void wait(Object monitor) throws Exception { TimeUnit.SECONDS.timedWait(monitor, 1); }
                    void park() { LockSupport.parkNanos(1); }
                    void parkUntil() { LockSupport.parkUntil(1); }
                    void lambda() { Runnable later = () -> LockSupport.parkNanos(1); }
                    void guava() { Uninterruptibles.sleepUninterruptibly(1); }
                    static class Uninterruptibles { static void sleepUninterruptibly(long nanos) {} }
                }
                """;

        assertThatThrownBy(() -> TestHabits.check(compiled(source)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Architecture Violation [Priority: MEDIUM] - Rule 'classes that reside outside of package '..loop..' should not sleep, %s' was violated (9 times):
                        Constructor <app.Sleeper.<init>()> references method <java.lang.Thread.sleep(long)> in (Sleeper.java:6)
                        Method <app.Sleeper.guava()> calls method <app.Sleeper$Uninterruptibles.sleepUninterruptibly(long)> in (Sleeper.java:14)
                        Method <app.Sleeper.join(java.lang.Thread)> calls method <java.util.concurrent.TimeUnit.timedJoin(java.lang.Thread, long)> in (Sleeper.java:9)
                        Method <app.Sleeper.lambda()> calls method <java.util.concurrent.locks.LockSupport.parkNanos(long)> in (Sleeper.java:13)
                        Method <app.Sleeper.park()> calls method <java.util.concurrent.locks.LockSupport.parkNanos(long)> in (Sleeper.java:11)
                        Method <app.Sleeper.parkUntil()> calls method <java.util.concurrent.locks.LockSupport.parkUntil(long)> in (Sleeper.java:12)
                        Method <app.Sleeper.thread()> calls method <java.lang.Thread.sleep(long)> in (Sleeper.java:7)
                        Method <app.Sleeper.unit()> calls method <java.util.concurrent.TimeUnit.sleep(long)> in (Sleeper.java:8)
                        Method <app.Sleeper.wait(java.lang.Object)> calls method <java.util.concurrent.TimeUnit.timedWait(java.lang.Object, long)> in (Sleeper.java:10)""".formatted(WHY_NOT_SLEEP));
    }

    @Test
    void a_loop_may_sleep() {
        TestHabits.check(compiled("""
                package app.loop;
                class Loop {
                    void pause() throws Exception { Thread.sleep(1); }
                }
                """));
    }

    @Test
    void a_test_that_uses_another_is_found() {
        Path classes = compiled("""
                package app;
                import org.junit.jupiter.api.Test;
                class FirstTest {
                    static final int[] SHARED = {1};
                    static class Row {}
                    @Test void first() { new Fixture().user(); }
                }
                """, """
                package app;
                import org.junit.jupiter.api.Nested;
                import org.junit.jupiter.params.ParameterizedTest;
                class SecondTest {
                    @Nested class Inner {
                        @ParameterizedTest void second() { System.out.print(FirstTest.SHARED[0] + "" + new Own()); }
                    }
                    static class Own {}
                }
                """, """
                package app;
                class Fixture {
                    FirstTest.Row[] user() { return null; }
                }
                """);

        assertThatThrownBy(() -> TestHabits.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Architecture Violation [Priority: MEDIUM] - Rule 'classes should use no other test class, %s' was violated (1 times):
                        Method <app.SecondTest$Inner.second()> gets field <app.FirstTest.SHARED> in (SecondTest.java:6)""".formatted(WHY_STAND_ALONE));
    }

    @Test
    void a_test_that_extends_another_is_found() {
        Throwable failure = catchThrowable(() -> TestHabits.check(compiled("""
                package app;
                abstract class BaseTest {
                    @org.junit.jupiter.api.Test void first() {}
                }
                """, """
                package app;
                class DerivedTest extends BaseTest {
                    @org.junit.jupiter.api.RepeatedTest(2) void second() {}
                }
                """)));

        assertThat(failure).isInstanceOf(AssertionError.class).hasMessage("""
                        Architecture Violation [Priority: MEDIUM] - Rule 'classes should use no other test class, %s' was violated (2 times):
                        Class <app.DerivedTest> extends class <app.BaseTest> in (DerivedTest.java:0)
                        Constructor <app.DerivedTest.<init>()> calls constructor <app.BaseTest.<init>()> in (DerivedTest.java:2)""".formatted(WHY_STAND_ALONE));
    }

    @Test
    void a_folder_without_classes_is_refused() {
        assertThatThrownBy(() -> TestHabits.check(Path.of("target/no-such-classes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are no classes in target/no-such-classes: compile before the rules are checked");
        assertThatThrownBy(() -> TestHabits.check(folder))
                .hasMessage("There are no classes in " + folder + ": compile before the rules are checked");
        assertThatThrownBy(TestHabits::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Name at least one folder of classes, say target/test-classes");
    }

    private Path compiled(String... sources) {
        return Compiled.into(folder, System.getProperty("java.class.path"), sources);
    }
}
