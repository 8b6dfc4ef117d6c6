package dev.tideline.testkit.junit;

import dev.tideline.testkit.DatabaseTemplate;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.ExternalDatabases;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The mailboxes and databases of one test. */
final class TestResources implements AutoCloseable {
    private static final int LONGEST_LABEL = 16;

    private final Supplier<MailServer> mail;
    private final Supplier<ExternalDatabases> server;
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final Map<ExternalDatabase, DatabaseTemplate> copies = new ConcurrentHashMap<>();
    // Guarded by this.
    private ExternalDatabases databases;

    TestResources(Supplier<MailServer> mail, Supplier<ExternalDatabases> server) {
        this.mail = mail;
        this.server = server;
    }

    Mailbox mailbox(String name) {
        Mailbox mailbox = Mailbox.create(mail.get(), label(name));
        mailboxes.add(mailbox);
        return mailbox;
    }

    List<Mailbox> mailboxes() {
        return List.copyOf(mailboxes);
    }

    synchronized ExternalDatabases databases() {
        if (databases == null) {
            databases = server.get();
        }
        return databases;
    }

    ExternalDatabase database(String name) {
        return databases().create(label(name));
    }

    ExternalDatabase copyOf(DatabaseTemplate template) {
        ExternalDatabase copy = template.create();
        copies.put(copy, template);
        return copy;
    }

    void reset() {
        copies.forEach((copy, template) -> template.reset(copy));
    }

    @Override
    public synchronized void close() {
        copies.keySet().forEach(ExternalDatabase::drop);
        if (databases != null) {
            databases.close();
        }
    }

    /** Names in Java may have letters that names of databases and addresses may not. */
    static String label(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9]", "");
        String label = plain.isEmpty() ? "test" : plain;
        return label.substring(0, Math.min(label.length(), LONGEST_LABEL));
    }
}
