package dev.tideline.testkit;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a test's database, which identifies its owner: {@code tidetest_<label>_<machine>_<pid>_<start>_<token>},
 * numbers in base 36. At most 63 bytes, none of which needs quotes.
 */
record DatabaseName(String label, DatabaseOwner owner, String token) {
    private static final Pattern FORM =
            Pattern.compile("tidetest_([a-z0-9]{1,16})_([a-z0-9]{1,7})_([a-z0-9]{1,9})_([a-z0-9]{1,8})_([a-z0-9]{6})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long TOKENS = 2_176_782_336L; // 36 to the 6th

    static DatabaseName create(String label) {
        if (!label.matches("[A-Za-z0-9]{1,16}")) {
            throw new IllegalArgumentException(
                    "The label '" + label + "' becomes part of a database's name: 1 to 16 letters and digits");
        }
        String number = Long.toString(RANDOM.nextLong(TOKENS), 36);
        return new DatabaseName(
                label.toLowerCase(Locale.ROOT), DatabaseOwner.thisProcess(), "0".repeat(6 - number.length()) + number);
    }

    /** Empty if the name has another form: then it is no test's database. */
    static Optional<DatabaseName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        DatabaseOwner owner = new DatabaseOwner(
                matcher.group(2), Long.parseLong(matcher.group(3), 36), Long.parseLong(matcher.group(4), 36));
        return Optional.of(new DatabaseName(matcher.group(1), owner, matcher.group(5)));
    }

    @Override
    public String toString() {
        return String.join(
                "_",
                "tidetest",
                label,
                owner.machine(),
                Long.toString(owner.pid(), 36),
                Long.toString(owner.startedSeconds(), 36),
                token);
    }
}
