package dev.tideline.sync.config;

import java.util.function.Function;

/**
 * The admin port where the file names none: that of the prefix in the environment, else 8101. Nothing else is
 * considered.
 */
record DefaultAdminPort(Function<String, String> environment) {

    static final int PORT = 8101;

    private static final String PREFIX = "TIDELINE_PORT_PREFIX";

    /**
     * {@code <prefix>01}, where the prefix is digits.
     *
     * @throws ConfigException if the prefix leaves no such port
     */
    int port() {
        String prefix = environment.apply(PREFIX);
        if (prefix == null || !prefix.matches("[0-9]+")) {
            return PORT;
        }
        if (prefix.length() > 3 || Integer.parseInt(prefix) < 11 || Integer.parseInt(prefix) > 654) {
            throw new ConfigException(Problem.of(
                    "the environment variable " + PREFIX + " is \"" + prefix + "\", and a port prefix is 11 to 654",
                    "Correct or unset it, or set admin.port."));
        }
        return Integer.parseInt(prefix) * 100 + 1;
    }
}
