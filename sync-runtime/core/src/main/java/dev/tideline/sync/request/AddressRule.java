package dev.tideline.sync.request;

import dev.tideline.sync.engine.PublicAddress;
import java.io.IOException;
import java.net.InetAddress;

/** Which addresses a connection may go to. */
enum AddressRule {
    /** Addresses on the public internet. */
    PUBLIC("a private or loopback address, which is not allowed"),
    /** Addresses of the internal network: unencrypted traffic stays within it. */
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

    /** No connection was made, and trying again would not help. */
    static final class RefusedAddressException extends IOException {

        RefusedAddressException(String message) {
            super(message);
        }
    }
}
