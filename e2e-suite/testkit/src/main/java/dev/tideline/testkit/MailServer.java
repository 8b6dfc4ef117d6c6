package dev.tideline.testkit;

import java.net.URI;
import java.util.Objects;

/**
 * Where the mail of a test goes: an SMTP port that the application under test sends to, and an HTTP API in the manner of
 * Inbucket (REST v1) at which the test reads it.
 *
 * @param api root of the HTTP server, {@code http://127.0.0.1:8105}; the API is below {@code /api/v1}
 * @param smtpHost host that the application sends to
 * @param smtpPort port that the application sends to, 1 to 65535
 */
public record MailServer(URI api, String smtpHost, int smtpPort) {

    /** Checks that the address is one of HTTP and the port is one. */
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
     * The mail server of this workspace.
     *
     * @return mailbox and SMTP port under the workspace's prefix, on 127.0.0.1
     * @throws dev.tideline.ports.PortConfigException if the prefix is not valid
     */
    public static MailServer ofWorkspace() {
        return Workspace.current().mail();
    }
}
