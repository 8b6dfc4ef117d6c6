package dev.tideline.testkit;

import java.util.function.Predicate;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;

/** A predicate, in words. */
final class PredicateMatcher<T> extends BaseMatcher<T> {
    private final String expectation;
    private final Predicate<? super T> predicate;

    PredicateMatcher(String expectation, Predicate<? super T> predicate) {
        this.expectation = expectation;
        this.predicate = predicate;
    }

    @Override
    @SuppressWarnings("unchecked") // only the supplier's values reach it
    public boolean matches(Object actual) {
        return predicate.test((T) actual);
    }

    @Override
    public void describeTo(Description description) {
        description.appendText(expectation);
    }
}
