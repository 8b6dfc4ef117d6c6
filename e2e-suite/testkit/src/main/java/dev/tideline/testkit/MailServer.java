package dev.tideline.testkit;

import java.net.URI;
import java.util.Objects;

/**
 * A test's mail server: an SMTP port to which the application under test sends, and an HTTP API like Inbucket's (REST
 * v1) with which the test reads it.
 *
 * @param api root of the HTTP server, {@code http://127.0.0.1:8105}; the API is below {@code /api/v1}
 * @param smtpHost host for the application
 * @param smtpPort port for the application, 1 to 65535
 */
public record MailServer(URI api, String smtpHost, int smtpPort) {

    public MailServer {
        Objects.requireNonNull(smtpHost, "smtpHost");
        if (!"http".equals(api.getScheme()) && !"https".equals(api.getScheme())) {
            throw new IllegalArgumentException(
                    "The mail server's API is at '" + api + "', which is not an address such as http://127.0.0.1:8105");
        }
        if (smtpPort < 1 || smtpPort > 65_535) {
            throw new IllegalArgumentException("The SMTP port must be from 1 to 65535, not " + smtpPort);
        }
    }

    /**
     * The mail server of this workspace, on 127.0.0.1.
     *
     * @throws dev.tideline.ports.PortConfigException if the prefix is not valid
     */
    public static MailServer ofWorkspace() {
        return Workspace.current().mail();
    }
}
