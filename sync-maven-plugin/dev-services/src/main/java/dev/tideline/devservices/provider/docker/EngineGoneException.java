package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.DevServicesException;

/** No engine answers at its address, or no longer. */
public final class EngineGoneException extends DevServicesException {

    EngineGoneException(EngineAddress address, String why, Throwable cause) {
        super(
                "The Docker engine at " + address.inWords() + " does not answer: " + why
                        + ". Start it and try again, or use -Dtideline.provider=embedded.",
                cause);
    }
}
