package dev.tideline.e2e;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The modules lean on each other in one direction only, and waiting has one place. */
@AnalyzeClasses(packages = "dev.tideline", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyDirectionTest {

    private static final String PORTS = "dev.tideline.ports..";
    private static final String RUNTIME = "dev.tideline.sync..";
    private static final String PLUGIN = "dev.tideline.maven..";
    private static final String TESTKIT = "dev.tideline.testkit..";
    private static final String DIRECTORY = "dev.tideline.directory..";
    private static final String SUITE = "dev.tideline.e2e..";

    @ArchTest
    static final ArchRule portsLeanOnNothingOfOurs =
            noClasses().that().resideInAPackage(PORTS).should().dependOnClassesThat(ours().and(outside(PORTS)));

    @ArchTest
    static final ArchRule theRuntimeLeansOnPortsOnly = noClasses()
            .that()
            .resideInAPackage(RUNTIME)
            .should()
            .dependOnClassesThat(ours().and(outside(RUNTIME, PORTS)));

    @ArchTest
    static final ArchRule thePluginLeansOnPortsOnly = noClasses()
            .that()
            .resideInAPackage(PLUGIN)
            .should()
            .dependOnClassesThat(ours().and(outside(PLUGIN, PORTS)));

    @ArchTest
    static final ArchRule theTestkitLeansOnPortsOnly = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat(ours().and(outside(TESTKIT, PORTS)));

    @ArchTest
    static final ArchRule theDirectoryLeansOnPortsAndTheRuntimeOnly = noClasses()
            .that()
            .resideInAPackage(DIRECTORY)
            .should()
            .dependOnClassesThat(ours().and(outside(DIRECTORY, PORTS, RUNTIME)));

    @ArchTest
    static final ArchRule onlyLoopsSleep =
            noClasses().that().resideOutsideOfPackage("..loop..").should(callMethodWhere(sleeping()));

    @ArchTest
    static final ArchRule packagesOfPublicClassesAreDescribed =
            classes().that().arePublic().and(ours()).should(haveADescribedPackage());

    /** Without this, rules about a module that is not on the class path would hold for want of classes. */
    @ArchTest
    static void everyModuleIsLookedAt(com.tngtech.archunit.core.domain.JavaClasses all) {
        for (String module : Set.of(PORTS, RUNTIME, PLUGIN, TESTKIT, DIRECTORY, SUITE)) {
            if (all.stream().noneMatch(c -> c.getPackageName().startsWith(module.replace("..", "")))) {
                throw new AssertionError("no class of " + module + " is on the class path");
            }
        }
    }

    private static DescribedPredicate<JavaClass> ours() {
        return JavaClass.Predicates.resideInAPackage("dev.tideline..");
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return JavaClass.Predicates.resideOutsideOfPackages(packages);
    }

    private static DescribedPredicate<JavaMethodCall> sleeping() {
        return DescribedPredicate.describe("it sleeps", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getTarget().getName();
            return name.equals("sleep")
                            && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"))
                    || name.startsWith("park") && owner.equals("java.util.concurrent.locks.LockSupport");
        });
    }

    private static ArchCondition<JavaClass> haveADescribedPackage() {
        return new ArchCondition<>("have a package-info.java in their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean described = packageInfo(type).map(Files::exists).orElse(false);
                events.add(new SimpleConditionEvent(
                        type, described, type.getName() + " is public, and its package has no package-info.java"));
            }
        };
    }

    /** Beside the class's source: the compiler leaves no trace of a package-info without annotations. */
    private static Optional<Path> packageInfo(JavaClass type) {
        return type.getSource().map(source -> {
            String uri = source.getUri().toString().replaceFirst("^jar:", "").replaceFirst("!.*$", "");
            String module = uri.substring(0, uri.lastIndexOf("/target/"));
            return Path.of(URI.create(module))
                    .resolve("src/main/java")
                    .resolve(type.getPackageName().replace('.', '/'))
                    .resolve("package-info.java");
        });
    }
}
