package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;

/**
 * Which users a list shows; by default those who are not restricted. Including anonymous ones includes restricted ones.
 */
public record UserFilter(boolean includeRestricted, boolean includeAnonymous, boolean onlyAnonymous) {

    /** Checks that the combination is possible. */
    public UserFilter {
        if (onlyAnonymous && !includeAnonymous) {
            throw ApiException.schema("only_anonymous", "needs include_anonymous=true");
        }
        includeRestricted |= includeAnonymous;
    }
}
