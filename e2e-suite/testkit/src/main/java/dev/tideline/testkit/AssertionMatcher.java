package dev.tideline.testkit;

import java.util.function.Consumer;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;

/**
 * Accepts a value when assertions about it pass; their failure describes the difference better than a matcher could.
 */
final class AssertionMatcher<T> extends BaseMatcher<T> {
    private final Consumer<? super T> assertions;
    private final boolean hasValue;

    private AssertionMatcher(Consumer<? super T> assertions, boolean hasValue) {
        this.assertions = assertions;
        this.hasValue = hasValue;
    }

    static <T> AssertionMatcher<T> about(Consumer<? super T> assertions) {
        return new AssertionMatcher<>(assertions, true);
    }

    /** For a supplier that asserts by itself and has no value to show. */
    static AssertionMatcher<Void> none() {
        return new AssertionMatcher<>(value -> {}, false);
    }

    boolean hasValue() {
        return hasValue;
    }

    @Override
    @SuppressWarnings("unchecked") // only the supplier's values reach it
    public boolean matches(Object actual) {
        assertions.accept((T) actual);
        return true;
    }

    @Override
    public void describeTo(Description description) {
        description.appendText("assertions that pass");
    }
}
