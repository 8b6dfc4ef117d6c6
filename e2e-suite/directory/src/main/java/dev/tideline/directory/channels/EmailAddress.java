package dev.tideline.directory.channels;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Check;
import java.util.Locale;
import java.util.regex.Pattern;

/** An address in stored form: without surrounding blanks, in lower case. */
public final class EmailAddress {

    private static final int LONGEST = 254;
    private static final Pattern FORM = Pattern.compile(
            "[^\\s@<>\",;:\\p{Cntrl}]{1,64}@[^\\s@<>\",;:.\\p{Cntrl}]+(\\.[^\\s@<>\",;:.\\p{Cntrl}]+)+");

    private EmailAddress() {}

    /** @throws ApiException SCHEMA_ERROR if it is empty or is no address */
    public static String of(String text, String field) {
        String address = Check.text(text, field, LONGEST).strip().toLowerCase(Locale.ROOT);
        if (!FORM.matcher(address).matches()) {
            throw ApiException.schema(field, "must be an email address, as name@example.com");
        }
        return address;
    }
}
