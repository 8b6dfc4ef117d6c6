package dev.tideline.directory.users;

import dev.tideline.directory.http.ApiException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A change of one user's primary email. What may become one is for {@code channels} to say, which know users, not the reverse. */
public interface EmailChange {

    /** The new address is to be signed in with, even if none was so far. */
    EmailChange signsIn();

    /**
     * Applies what was sent.
     *
     * @param wanted null to leave the address as it is
     * @param verified what a server vouches for; null if nothing was said
     * @throws ApiException 400 for what is no address, 409 for one that somebody else signs in with
     */
    void apply(Optional<String> wanted, Boolean verified);

    /** Begins changes. */
    interface Begin {

        /** @param user locked, or made in this transaction */
        EmailChange of(Handle handle, String tenant, UUID user);
    }
}
