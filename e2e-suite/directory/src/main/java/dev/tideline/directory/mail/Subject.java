package dev.tideline.directory.mail;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Check;

/** A subject is one line: a second line could forge headers. */
final class Subject {

    private Subject() {}

    static String of(String text) {
        Check.text(text, "subject", 500);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.schema("subject", "must be one line");
        }
        return text;
    }
}
