package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.MailService;
import dev.tideline.devservices.service.ServiceSpec;
import java.util.Map;

/** Inbucket, or an image with the same ports. */
record MailImage() implements ServiceImage {

    private static final int HTTP = 9000;
    private static final int SMTP = 2500;
    private static final int POP3 = 1100;

    @Override
    public String repository() {
        return "inbucket/inbucket";
    }

    @Override
    public String tag() {
        return "3.0.3";
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of(MailService.MAILBOX, HTTP, MailService.SMTP, SMTP, MailService.POP3, POP3);
    }

    /** In memory and with the limits of the embedded server, and keeps mail of all domains. */
    @Override
    public Map<String, String> environment(ServiceSpec spec) {
        return Map.of(
                "INBUCKET_STORAGE_TYPE", "memory",
                "INBUCKET_STORAGE_RETENTIONPERIOD", "24h",
                "INBUCKET_STORAGE_MAILBOXMSGCAP", "500",
                "INBUCKET_SMTP_DISCARDDOMAINS", "");
    }
}
