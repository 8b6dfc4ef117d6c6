package dev.tideline.devservices.service;

import dev.tideline.devservices.readiness.BannerProbe;
import dev.tideline.devservices.readiness.HttpProbe;
import dev.tideline.ports.PortTable;
import dev.tideline.web.Arguments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mail server: SMTP in, POP3 and Inbucket's HTTP API out. */
public record MailService() implements ServiceType {

    public static final String NAME = "mail";

    /** Port of the HTTP API and the page. */
    public static final String MAILBOX = "mailbox";

    /** Port that accepts mail. */
    public static final String SMTP = "smtp";

    /** Port from which mail programs fetch mail. */
    public static final String POP3 = "pop3";

    /** Name of the setting by which the embedded server offers TLS. */
    public static final String TLS = "tls";

    /** The port of SMTP over TLS, used only on request; its number ends like 465. */
    public static int smtpsPort(ServiceAddress address) {
        return ofBlock(address, PortTable.SMTPS);
    }

    /** The port of POP3 over TLS, used only on request; its number ends like 995. */
    public static int pop3sPort(ServiceAddress address) {
        return ofBlock(address, PortTable.POP3S);
    }

    /**
     * Whether the server is to offer TLS.
     *
     * @param settings its settings
     * @return whether {@link #TLS} is among them, and not as {@code false}
     * @throws IllegalArgumentException if its value is another
     */
    public static boolean offersTls(Map<String, String> settings) {
        return settings.containsKey(TLS)
                && Arguments.parse(Set.of(TLS), "--" + TLS + "=" + settings.get(TLS))
                        .flag(TLS);
    }

    private static int ofBlock(ServiceAddress address, int suffix) {
        return address.port(SMTP) / 100 * 100 + suffix;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Mail";
    }

    @Override
    public List<String> ports() {
        return List.of(MAILBOX, SMTP, POP3);
    }

    @Override
    public boolean keepsData() {
        return false;
    }

    @Override
    public void probe(ServiceAddress address) throws IOException {
        new HttpProbe(URI.create(address.httpUrl(MAILBOX) + "/api/v1/mailbox/x")).get();
        new BannerProbe(address.host(), address.port(SMTP), "220 ").ask();
        new BannerProbe(address.host(), address.port(POP3), "+OK").ask();
    }

    /** There is nothing to prepare: mailboxes exist as soon as they are named. */
    @Override
    public void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData) {}

    @Override
    public Map<String, String> properties(ServiceAddress address) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("mailbox.url", address.httpUrl(MAILBOX));
        properties.put("smtp.host", address.host());
        properties.put("smtp.port", Integer.toString(address.port(SMTP)));
        properties.put("pop3.host", address.host());
        properties.put("pop3.port", Integer.toString(address.port(POP3)));
        return properties;
    }

    @Override
    public Map<String, String> properties(Path data, ServiceSpec spec) {
        return offersTls(spec.settings())
                ? Map.of("mail.certificate", data.resolve("certificate.pem").toString())
                : Map.of();
    }

    @Override
    public List<HowToConnect> waysToConnect(ServiceAddress address) {
        int smtp = address.port(SMTP);
        return List.of(
                new HowToConnect("SMTP", "smtp://" + address.host() + ":" + smtp),
                new HowToConnect("Environment", "export SMTP_HOST=" + address.host() + " SMTP_PORT=" + smtp),
                new HowToConnect("Spring Boot", "spring.mail.host=" + address.host() + "\nspring.mail.port=" + smtp),
                new HowToConnect("POP3, any password", "pop3://jane@" + address.host() + ":" + address.port(POP3)),
                new HowToConnect("Mail of jane", "curl " + address.httpUrl(MAILBOX) + "/api/v1/mailbox/jane"));
    }
}
