package dev.tideline.testkit.archunit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds test classes that use, extend or name another one. A nested class belongs to its outermost class. */
final class UseNoOtherTestClass extends ArchCondition<JavaClass> {
    /** The annotation of JUnit's and ArchUnit's annotations for tests. */
    private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";

    private static final Set<String> OF_OTHER_FRAMEWORKS = Set.of("org.junit.Test", "org.testng.annotations.Test");

    private Set<String> testClasses = Set.of();

    UseNoOtherTestClass() {
        super("use no other test class");
    }

    @Override
    public void init(Collection<JavaClass> all) {
        testClasses = all.stream()
                .filter(UseNoOtherTestClass::hasTests)
                .map(UseNoOtherTestClass::outermost)
                .collect(Collectors.toSet());
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        String own = outermost(item);
        if (!testClasses.contains(own)) {
            return;
        }
        item.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> {
                    String used = outermost(dependency.getTargetClass().getBaseComponentType());
                    return !used.equals(own) && testClasses.contains(used);
                })
                .forEach(dependency ->
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
    }

    private static boolean hasTests(JavaClass item) {
        return isTest(item)
                || item.getMethods().stream().anyMatch(UseNoOtherTestClass::isTest)
                || item.getFields().stream().anyMatch(UseNoOtherTestClass::isTest);
    }

    private static boolean isTest(CanBeAnnotated element) {
        return element.isAnnotatedWith(TESTABLE)
                || element.isMetaAnnotatedWith(TESTABLE)
                || OF_OTHER_FRAMEWORKS.stream().anyMatch(element::isAnnotatedWith);
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(UseNoOtherTestClass::outermost).orElse(type.getName());
    }
}
