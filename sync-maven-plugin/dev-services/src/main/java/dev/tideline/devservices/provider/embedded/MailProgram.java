package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.service.MailService;
import dev.tideline.devservices.service.ServiceAddress;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import dev.tideline.web.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

record MailProgram() implements JvmProgram {

    private static final int MEGABYTE = 1 << 20;
    private static final int USUAL_STORE_MEGABYTES = 64;

    /** The store takes at most a quarter of the heap; mail that is being read needs the rest. */
    private static final int HEAP_FOR_STORE = 4;

    private static final int HEAP_BESIDE = 32;

    private static final List<String> NUMBERS = List.of("messages-per-mailbox", "total-bytes", "maximum-message-bytes");

    @Override
    public ServiceType type() {
        return new MailService();
    }

    @Override
    public String artifactId() {
        return "tideline-mail-server";
    }

    @Override
    public String mainClass() {
        return "dev.tideline.mail.MailServerMain";
    }

    @Override
    public Set<String> settings() {
        return new TreeSet<>(Set.of(
                "messages-per-mailbox",
                "maximum-age",
                "total-bytes",
                "maximum-message-bytes",
                "allowed-hosts",
                MailService.TLS));
    }

    @Override
    public int heapMegabytes(Map<String, String> settings) {
        Arguments asked = Arguments.parse(settings(), Arguments.words(settings).toArray(String[]::new));
        asked.duration("maximum-age", Duration.ZERO);
        MailService.offersTls(settings);
        NUMBERS.forEach(name -> asked.number(name, 0));
        int store = asked.has("total-bytes") ? asked.number("total-bytes", 0) / MEGABYTE + 1 : USUAL_STORE_MEGABYTES;
        return store * HEAP_FOR_STORE + HEAP_BESIDE;
    }

    @Override
    public List<String> arguments(ServiceRecord record, Map<String, String> settings) {
        ServiceAddress address = record.address();
        List<String> words = new ArrayList<>(List.of(
                "--http-port=" + address.port(MailService.MAILBOX),
                "--smtp-port=" + address.port(MailService.SMTP),
                "--pop3-port=" + address.port(MailService.POP3)));
        Map<String, String> limits = new HashMap<>(settings);
        limits.remove(MailService.TLS);
        words.addAll(Arguments.words(limits));
        if (MailService.offersTls(settings)) {
            words.add("--certificate-folder=" + record.data());
            words.add("--smtps-port=" + MailService.smtpsPort(address));
            words.add("--pop3s-port=" + MailService.pop3sPort(address));
        }
        return words;
    }
}
