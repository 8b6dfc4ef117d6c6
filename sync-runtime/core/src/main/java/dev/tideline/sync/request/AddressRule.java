package dev.tideline.sync.request;

import dev.tideline.sync.engine.PublicAddress;
import java.io.IOException;
import java.net.InetAddress;

/** Which addresses may be connected to. */
enum AddressRule {
    /** Those that everybody can reach. */
    PUBLIC("a private or loopback address, which is not allowed"),
    /** Those within: what travels unencrypted stays there. */
    PRIVATE("a public address, and http is for private addresses only"),
    ANY("");

    private final String refusal;

    AddressRule(String refusal) {
        this.refusal = refusal;
    }

    static AddressRule of(boolean https, boolean allowPrivate) throws RefusedAddressException {
        if (!https && !allowPrivate) {
            throw new RefusedAddressException("http is not allowed: use https");
        }
        return !allowPrivate ? PUBLIC : https ? ANY : PRIVATE;
    }

    void check(InetAddress address) throws RefusedAddressException {
        if (this != ANY && PublicAddress.isPrivate(address) != (this == PRIVATE)) {
            throw new RefusedAddressException(address.getHostAddress() + " is " + refusal);
        }
    }

    /** Nothing was connected to, and trying again would not help. */
    static final class RefusedAddressException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedAddressException(String message) {
            super(message);
        }
    }
}
