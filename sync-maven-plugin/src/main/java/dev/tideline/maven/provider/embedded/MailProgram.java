package dev.tideline.maven.provider.embedded;

import dev.tideline.maven.mail.MailServerArguments;
import dev.tideline.maven.mail.MailServerMain;
import dev.tideline.maven.service.MailService;
import dev.tideline.maven.service.ServiceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The mail server. */
record MailProgram() implements JvmProgram {

    private static final int MEGABYTE = 1 << 20;
    private static final int USUAL_STORE_MEGABYTES = 64;

    /** The store takes a quarter of the heap at most; the rest of it is what mail that is being read needs. */
    private static final int HEAP_FOR_STORE = 4;

    private static final int HEAP_BESIDE = 32;

    @Override
    public ServiceType type() {
        return new MailService();
    }

    @Override
    public String mainClass() {
        return MailServerMain.class.getName();
    }

    @Override
    public Set<String> settings() {
        return new TreeSet<>(
                Set.of("messages-per-mailbox", "maximum-age", "total-bytes", "maximum-message-bytes", "allowed-hosts"));
    }

    @Override
    public int heapMegabytes(Map<String, String> settings) {
        MailServerArguments asked = MailServerArguments.parse(words(settings).toArray(String[]::new));
        int store = settings.containsKey("total-bytes")
                ? Math.toIntExact(asked.config().limits().totalBytes() / MEGABYTE + 1)
                : USUAL_STORE_MEGABYTES;
        return store * HEAP_FOR_STORE + HEAP_BESIDE;
    }

    @Override
    public List<String> arguments(Map<String, Integer> ports, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of(
                "--http-port=" + ports.get(MailService.MAILBOX),
                "--smtp-port=" + ports.get(MailService.SMTP),
                "--pop3-port=" + ports.get(MailService.POP3)));
        words.addAll(words(settings));
        return words;
    }

    private static List<String> words(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toList();
    }
}
