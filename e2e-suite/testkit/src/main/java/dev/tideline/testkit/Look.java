package dev.tideline.testkit;

import org.hamcrest.Matcher;
import org.hamcrest.StringDescription;

/**
 * What one attempt saw. The attempt itself makes the texts, since a value may have changed by the time that a message
 * is written.
 *
 * @param value from the supplier, null if it threw
 * @param matched whether it is what was awaited
 * @param text the value as shown to a person, null if the supplier threw
 * @param mismatch the matcher's words for the difference, null if they only repeat the value
 * @param thrown by the supplier or the matcher, or null
 * @param terminal why waiting is pointless, or null
 */
record Look<T>(T value, boolean matched, String text, String mismatch, Throwable thrown, String terminal) {

    static <T> Look<T> at(T value, Matcher<? super T> matcher) {
        String full = Shown.whole(value);
        String text = Shown.shortened(full);
        try {
            if (matcher.matches(value)) {
                return new Look<>(value, true, text, null, null, null);
            }
            StringDescription mismatch = new StringDescription();
            matcher.describeMismatch(value, mismatch);
            // Most matchers have nothing to add to the value itself.
            boolean restated = mismatch.toString().equals("was " + full);
            String difference = restated ? null : Shown.shortened(mismatch.toString());
            return new Look<>(value, false, text, difference, null, null);
        } catch (Throwable e) {
            return new Look<>(value, false, text, null, e, null);
        }
    }

    static <T> Look<T> failed(Throwable thrown) {
        return new Look<>(null, false, null, null, thrown, null);
    }

    Look<T> because(String reason) {
        return new Look<>(value, matched, text, mismatch, thrown, reason);
    }
}
