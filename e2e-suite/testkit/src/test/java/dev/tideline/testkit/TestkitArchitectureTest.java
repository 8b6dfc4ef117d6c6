package dev.tideline.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TestkitArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tideline.testkit");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.tideline.testkit");

    private static final ArchRule NOTHING_SLEEPS = classes().should(new ArchCondition<>("not sleep") {
        @Override
        public void check(JavaClass item, ConditionEvents events) {
            for (JavaMethodCall call : item.getMethodCallsFromSelf()) {
                boolean sleeps = Set.of("sleep", "sleepUninterruptibly", "parkNanos", "parkUntil")
                                .contains(call.getName())
                        || call.getTargetOwner().isEquivalentTo(TimeUnit.class)
                                && call.getName().startsWith("timed");
                if (sleeps) {
                    events.add(SimpleConditionEvent.violated(call, call.getDescription()));
                }
            }
        }
    });

    private static final ArchRule TESTS_STAND_ALONE = classes().should(new ArchCondition<>("use no other test class") {
        @Override
        public void check(JavaClass item, ConditionEvents events) {
            String own = outermost(item);
            item.getDirectDependenciesFromSelf().stream()
                    .filter(dependency ->
                            TESTS.contain(dependency.getTargetClass().getName()))
                    .filter(dependency ->
                            !outermost(dependency.getTargetClass()).equals(own))
                    .forEach(dependency ->
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
        }
    });

    @Test
    void nothing_sleeps() {
        NOTHING_SLEEPS.check(MAIN);
        NOTHING_SLEEPS.check(TESTS);
    }

    @Test
    void the_rule_against_sleeping_finds_a_sleeper() {
        assertThatThrownBy(() -> NOTHING_SLEEPS.check(new ClassFileImporter()
                        .importClasses(org.awaitility.core.ConditionFactory.class, TimeUnit.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("java.lang.Thread.sleep");
    }

    @Test
    void no_test_class_uses_another() {
        TESTS_STAND_ALONE.check(TESTS);
    }

    @Test
    void only_the_extensions_know_a_test_framework() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tideline.testkit.junit")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.testng..", "org.assertj..")
                .check(MAIN);
    }

    @Test
    void of_tideline_only_the_ports_are_known() {
        DescribedPredicate<JavaClass> tideline = resideInAnyPackage("dev.tideline..");
        noClasses()
                .should()
                .dependOnClassesThat(
                        tideline.and(not(resideInAnyPackage("dev.tideline.testkit..", "dev.tideline.ports.."))))
                .check(MAIN);
    }

    @Test
    void time_comes_from_the_time_source() {
        noClasses()
                .that(not(assignableTo(dev.tideline.testkit.time.TimeSource.class)))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(MAIN);
        noClasses()
                .that(not(name("dev.tideline.testkit.TestkitArchitectureTest")))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .check(TESTS);
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(TestkitArchitectureTest::outermost).orElse(type.getName());
    }
}
