package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A change of one user's primary email. What may become one is for {@code channels} to say, which know users, not the reverse. */
public interface EmailChange {

    /** The new address is used for signing in, even if none was so far. */
    EmailChange signsIn();

    /**
     * Applies the sent fields.
     *
     * @param wanted null to leave the address unchanged
     * @param verified what a server vouches for; null if not sent
     * @throws ApiException 400 for an invalid address, 409 for one that somebody else signs in with
     */
    void apply(Optional<String> wanted, Boolean verified);

    interface Begin {

        /**
         * @param user locked, or created in this transaction
         */
        EmailChange of(Handle handle, String tenant, UUID user);
    }
}
