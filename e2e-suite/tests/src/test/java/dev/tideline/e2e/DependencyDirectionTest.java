package dev.tideline.e2e;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The modules lean on each other in one direction only, and waiting has one place. */
@AnalyzeClasses(locations = CompiledModules.class)
class DependencyDirectionTest {

    private static final String PORTS = "dev.tideline.ports..";
    private static final String RUNTIME = "dev.tideline.sync..";
    private static final String[] AROUND_THE_ENGINE = {
        "dev.tideline.sync.install..",
        "dev.tideline.sync.plan..",
        "dev.tideline.sync.admin..",
        "dev.tideline.sync.cli.."
    };
    private static final String WEB = "dev.tideline.web..";
    private static final String MAIL = "dev.tideline.mail..";
    private static final String COLLECTOR = "dev.tideline.collector..";
    private static final String DEV_SERVICES = "dev.tideline.devservices..";
    private static final String PLUGIN = "dev.tideline.maven..";
    private static final String TESTKIT = "dev.tideline.testkit..";
    private static final String DIRECTORY = "dev.tideline.directory..";
    private static final String SUITE = "dev.tideline.e2e..";

    @ArchTest
    static final ArchRule portsLeanOnNothingOfOurs = leansOnlyOn(PORTS);

    @ArchTest
    static final ArchRule theRuntimeLeansOnNothingOfOurs = leansOnlyOn(RUNTIME);

    /** A library user takes the engine alone: neither Flyway nor the command line comes with it. */
    @ArchTest
    static final ArchRule theEngineKnowsNeitherInstallationNorCommandLine = noClasses()
            .that()
            .resideInAPackage(RUNTIME)
            .and()
            .resideOutsideOfPackages(AROUND_THE_ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AROUND_THE_ENGINE);

    @ArchTest
    static void noTwoPackagesOfAModuleLeanOnEachOther(JavaClasses all) {
        for (String module : List.of(RUNTIME, WEB, MAIL, COLLECTOR, DEV_SERVICES, PLUGIN, TESTKIT, DIRECTORY, SUITE)) {
            slices().matching(module.replace("..", ".(*).."))
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @ArchTest
    static final ArchRule webLeansOnNothingOfOurs = leansOnlyOn(WEB);

    @ArchTest
    static final ArchRule theMailServerLeansOnWebOnly = leansOnlyOn(MAIL, WEB);

    @ArchTest
    static final ArchRule theCollectorLeansOnWebOnly = leansOnlyOn(COLLECTOR, WEB);

    /** Not on the two servers: it starts them as programs. */
    @ArchTest
    static final ArchRule devServicesLeanOnPortsAndWebOnly = leansOnlyOn(DEV_SERVICES, PORTS, WEB);

    @ArchTest
    static final ArchRule thePluginLeansOnDevServicesAndPortsOnly = leansOnlyOn(PLUGIN, DEV_SERVICES, PORTS);

    @ArchTest
    static final ArchRule theTestkitLeansOnPortsOnly = leansOnlyOn(TESTKIT, PORTS);

    @ArchTest
    static final ArchRule theDirectoryLeansOnPortsAndTheRuntimeOnly = leansOnlyOn(DIRECTORY, PORTS, RUNTIME);

    @ArchTest
    static final ArchRule onlyThePluginKnowsMaven = noClasses()
            .that(ours())
            .and()
            .resideOutsideOfPackage(PLUGIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.maven.plugin..", "org.apache.maven.execution..", "org.apache.maven.project..");

    @ArchTest
    static final ArchRule onlyLoopsSleep =
            noClasses().that().resideOutsideOfPackage("..loop..").should(callMethodWhere(sleeping()));

    @ArchTest
    static final ArchRule packagesOfPublicClassesAreDescribed =
            classes().that().arePublic().and(ours()).should(haveADescribedPackage());

    /** Without this, rules about a module that is not compiled would hold for want of classes. */
    @ArchTest
    static void everyModuleIsLookedAt(JavaClasses all) {
        for (String module :
                Set.of(PORTS, RUNTIME, WEB, MAIL, COLLECTOR, DEV_SERVICES, PLUGIN, TESTKIT, DIRECTORY, SUITE)) {
            if (all.stream().noneMatch(c -> c.getPackageName().startsWith(module.replace("..", "")))) {
                throw new AssertionError("no class of " + module + " is compiled; call Maven with -am");
            }
        }
    }

    private static ArchRule leansOnlyOn(String module, String... others) {
        String[] allowed = Stream.concat(Stream.of(module), Stream.of(others)).toArray(String[]::new);
        return noClasses().that().resideInAPackage(module).should().dependOnClassesThat(ours().and(outside(allowed)));
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
            String uri = source.getUri().toString();
            String module = uri.substring(0, uri.indexOf("/target/classes/"));
            return Path.of(URI.create(module))
                    .resolve("src/main/java")
                    .resolve(type.getPackageName().replace('.', '/'))
                    .resolve("package-info.java");
        });
    }
}
