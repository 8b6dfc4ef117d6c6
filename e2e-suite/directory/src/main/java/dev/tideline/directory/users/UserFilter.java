package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;

/** Which users a list shows: without anything, those who are not restricted. Including anonymous ones includes restricted ones. */
public record UserFilter(boolean includeRestricted, boolean includeAnonymous, boolean onlyAnonymous) {

    /** Checks that what is asked for can be shown. */
    public UserFilter {
        if (onlyAnonymous && !includeAnonymous) {
            throw ApiException.schema("only_anonymous", "needs include_anonymous=true");
        }
        includeRestricted |= includeAnonymous;
    }
}
