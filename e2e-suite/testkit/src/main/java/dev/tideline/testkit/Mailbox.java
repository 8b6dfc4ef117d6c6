package dev.tideline.testkit;

import dev.tideline.testkit.AttemptLoop.Goal;
import dev.tideline.testkit.MailReader.Wanted;
import dev.tideline.testkit.time.TimeSource;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A test's mailbox, with a unique address.
 *
 * <pre>{@code
 * Mailbox inbox = Mailbox.create();
 * app.signUp(inbox.address());
 * MailMessage mail = inbox.waitForMessagesWithSubject("Verify your email").get(0);
 * browser.open(mail.link("/verify"));
 * }</pre>
 *
 * <p>It reads from any server with Inbucket's REST v1. Tideline's own server has a wait that blocks until the mail is
 * there; with others it listens to their websocket, or polls if they have none. If a server does not answer, or answers
 * unintelligibly, a wait continues to its limit and the failure says so; the other methods throw
 * {@link MailServerException}.
 *
 * <p>Immutable and safe for use by several threads. It need not be closed: the server drops old mail by itself.
 */
public final class Mailbox {

    /** What to leave out of a fetch. */
    public enum Fetch {
        /** Leaves out text, header fields and attachments: one request, however many mails. */
        NO_BODY
    }

    /** A position in a mailbox: earlier mail does not count. Immutable. */
    public static final class Cursor {
        private static final Cursor START = new Cursor(Set.of(), null);
        // Ids instead of a date: the clocks of server and test need not agree, and two mails may share a millisecond.
        private final Set<String> known;
        private final String last;

        private Cursor(Set<String> known, String last) {
            this.known = known;
            this.last = last;
        }

        /** Id of the newest known mail, or null. */
        String last() {
            return last;
        }

        boolean isBefore(MailMessage mail) {
            return !known.contains(mail.id());
        }
    }

    static final String DOMAIN = "mailbox.test";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration NEAR_MISSES_TIMEOUT = Duration.ofSeconds(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MailServer server;
    private final String address;
    private final MailReader reader;
    private final Cursor since;
    private final TimeSource time;

    private Mailbox(MailServer server, String address, MailReader reader, Cursor since, TimeSource time) {
        this.server = server;
        this.address = address;
        this.reader = reader;
        this.since = since;
        this.time = time;
    }

    /**
     * A new, empty mailbox with a unique address on the mail server of this workspace. Makes no request.
     *
     * @throws dev.tideline.ports.PortConfigException if the workspace's port prefix is not valid
     */
    public static Mailbox create() {
        return create("test");
    }

    /**
     * A new, empty mailbox with a unique address on the mail server of this workspace.
     *
     * @param label beginning of the address, such as {@code alice}: letters, digits, dots, hyphens and underscores
     * @throws dev.tideline.ports.PortConfigException if the workspace's port prefix is not valid
     */
    public static Mailbox create(String label) {
        return create(MailServer.ofWorkspace(), label);
    }

    /**
     * A new, empty mailbox with a unique address on any mail server.
     *
     * @param label beginning of the address: letters, digits, dots, hyphens and underscores
     */
    public static Mailbox create(MailServer server, String label) {
        if (!label.matches("[A-Za-z0-9._-]{1,40}")) {
            throw new IllegalArgumentException("The label '" + label
                    + "' begins an address: 1 to 40 letters, digits, dots, hyphens and underscores");
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String unique = Long.toUnsignedString(new java.math.BigInteger(1, random).longValue(), 36);
        return of(server, label.toLowerCase(Locale.ROOT) + "-" + unique + "@" + DOMAIN);
    }

    /**
     * The mailbox of a given address. All mail in it counts; {@link #sinceNow()} gives a view in which only new mail
     * does.
     *
     * @param address whole address, or the name alone
     */
    public static Mailbox of(MailServer server, String address) {
        return new Mailbox(
                server,
                address,
                new MailReader(new InbucketClient(server.api()), address),
                Cursor.START,
                TimeSource.system());
    }

    Mailbox on(TimeSource other) {
        return new Mailbox(server, address, reader, since, other);
    }

    /** The address to send to. */
    public String address() {
        return address;
    }

    /** The mail server to which the application under test has to send its mail. */
    public MailServer server() {
        return server;
    }

    /**
     * All mail that is in the mailbox now and counts, with its content, oldest first.
     *
     * @throws MailServerException if the server gives no proper answer within 10 s
     */
    public List<MailMessage> fetchMessages() {
        return uninterrupted(() -> reader.whole(fresh(reader.list(REQUEST_TIMEOUT)), REQUEST_TIMEOUT));
    }

    /**
     * All mail that is in the mailbox now and counts, oldest first.
     *
     * @throws MailServerException if the server gives no proper answer within 10 s
     */
    public List<MailMessage> fetchMessages(Fetch... leaveOut) {
        if (!Arrays.asList(leaveOut).contains(Fetch.NO_BODY)) {
            return fetchMessages();
        }
        return uninterrupted(() -> fresh(reader.list(REQUEST_TIMEOUT)));
    }

    /**
     * The current end of the mailbox, for {@link #since}.
     *
     * @throws MailServerException if the server gives no proper answer within 10 s
     */
    public Cursor cursor() {
        List<MailMessage> all = uninterrupted(() -> reader.list(REQUEST_TIMEOUT));
        return new Cursor(
                all.stream().map(MailMessage::id).collect(Collectors.toUnmodifiableSet()),
                all.isEmpty() ? null : all.get(all.size() - 1).id());
    }

    /** A view of the same mailbox in which only mail after the cursor counts. */
    public Mailbox since(Cursor cursor) {
        return new Mailbox(server, address, reader, cursor, time);
    }

    /**
     * A view of the same mailbox in which only mail that arrives from now on counts.
     *
     * @throws MailServerException if the server gives no proper answer within 10 s
     */
    public Mailbox sinceNow() {
        return since(cursor());
    }

    /**
     * Removes all mail from the mailbox, old mail included.
     *
     * @throws MailServerException if the server gives no proper answer within 10 s
     */
    public void purge() {
        uninterrupted(() -> {
            reader.purge(REQUEST_TIMEOUT);
            return null;
        });
    }

    /**
     * The content of an attachment of a mail of this server.
     *
     * @throws MailServerException if the server gives no proper answer within 10 s
     */
    public byte[] download(MailAttachment attachment) {
        URI link = attachment.downloadLink();
        if (link == null) {
            throw new MailServerException("The mail server gives no link to '" + attachment.filename() + "'");
        }
        return uninterrupted(() -> reader.bytes(link, REQUEST_TIMEOUT));
    }

    /**
     * Waits at most 10 s for a mail.
     *
     * @param subject part of the subject, in the same case
     * @return all mails of this subject, at least one, oldest first, with their content
     * @throws NotInTimeError if none came; names those that did come
     */
    public List<MailMessage> waitForMessagesWithSubject(String subject) {
        return waitForMessagesWithSubject(subject, 1, WaitSettings.DEFAULT_LIMIT);
    }

    /**
     * Waits for several mails.
     *
     * @param subject part of the subject, in the same case
     * @param count at least 1
     * @return all mails of this subject, at least {@code count}, oldest first, with their content
     * @throws NotInTimeError if fewer came; names those that did come
     */
    public List<MailMessage> waitForMessagesWithSubject(String subject, int count, Duration atMost) {
        if (count < 1) {
            throw new IllegalArgumentException("Waiting for " + count + " mails makes no sense;"
                    + " expectNoMessagesWithSubject checks that none comes");
        }
        Wanted wanted = new Wanted(subject, count, since);
        PredicateMatcher<List<MailMessage>> enough = new PredicateMatcher<>(
                count + (count == 1 ? " mail" : " mails") + " with \"" + subject + "\" in the subject",
                mails -> mails.size() >= count);
        return wait("mail \"" + subject + "\" to " + address)
                .atMost(atMost)
                .nearMisses("mail that did come", this::everything)
                .<List<MailMessage>>until(left -> reader.await(wanted, left), enough, Goal.ONCE);
    }

    /**
     * Checks that no such mail exists or comes.
     *
     * @param subject part of the subject, in the same case
     * @param during how long to watch, above zero
     * @throws NotInTimeError as soon as there is one, or if the server gives no proper answer at the end
     */
    public void expectNoMessagesWithSubject(String subject, Duration during) {
        Wanted unwanted = new Wanted(subject, 1, since);
        PredicateMatcher<List<MailMessage>> none =
                new PredicateMatcher<>("no mail with \"" + subject + "\" in the subject", List::isEmpty);
        wait("no mail \"" + subject + "\" to " + address)
                .during(during)
                .<List<MailMessage>>staysAway(left -> reader.await(unwanted, left), none);
    }

    private Eventually wait(String what) {
        return Eventually.await(what).on(time);
    }

    private List<MailMessage> fresh(List<MailMessage> all) {
        return all.stream().filter(since::isBefore).toList();
    }

    private List<String> everything() throws InterruptedException {
        return reader.list(NEAR_MISSES_TIMEOUT).stream()
                .map(mail -> mail + (since.isBefore(mail) ? "" : ", too old to count"))
                .toList();
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws InterruptedException;
    }

    private <T> T uninterrupted(Request<T> request) {
        try {
            return request.send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailServerException("Interrupted while reading the mailbox " + address, e);
        }
    }
}
