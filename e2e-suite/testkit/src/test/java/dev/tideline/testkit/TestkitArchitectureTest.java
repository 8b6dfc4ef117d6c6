package dev.tideline.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tideline.testkit.fixture.ClassFolders;
import org.junit.jupiter.api.Test;

class TestkitArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(ClassFolders.of(Eventually.class));
    private static final JavaClasses TESTS =
            new ClassFileImporter().importPath(ClassFolders.of(TestkitArchitectureTest.class));

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
    void only_the_rules_know_archunit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tideline.testkit.archunit")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.tngtech..")
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
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(TESTS);
    }
}
