package dev.tideline.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailStoreTest {

    private static final class HandSetClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final HandSetClock clock = new HandSetClock();
    private final StoreLimits limits = new StoreLimits(500, Duration.ofHours(24), 100_000);

    private static List<MessageHeader> deliver(MailStore store, int bytes, String subject, String... to) {
        return store.deliver(
                new IncomingMessage("<a@b>", List.of("<c@d>"), subject, new byte[bytes]),
                Arrays.stream(to).map(MailboxName::of).toList(),
                (name, time) -> "");
    }

    private static List<String> subjects(MailStore store, String mailbox) {
        return store.messages(MailboxName.of(mailbox)).stream()
                .map(message -> message.header().subject())
                .toList();
    }

    @Test
    void a_mailbox_keeps_its_newest_messages() {
        MailStore store = new MailStore(limits.withMessagesPerMailbox(3), clock);
        for (int i = 0; i < 5; i++) {
            deliver(store, 10, "s" + i, "ann");
        }
        deliver(store, 10, "other", "bob");
        assertThat(subjects(store, "ann")).containsExactly("s2", "s3", "s4");
        assertThat(subjects(store, "bob")).containsExactly("other");
    }

    @Test
    void a_message_goes_when_it_is_too_old() {
        MailStore store = new MailStore(limits, clock);
        deliver(store, 10, "old", "ann");
        clock.now = clock.now.plus(Duration.ofHours(23));
        deliver(store, 10, "new", "ann");
        assertThat(subjects(store, "ann")).containsExactly("old", "new");
        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThat(subjects(store, "ann")).containsExactly("new");
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void the_oldest_messages_of_all_mailboxes_make_room() {
        MailStore store = new MailStore(limits, clock);
        deliver(store, 30_000, "1", "ann");
        deliver(store, 30_000, "2", "bob");
        deliver(store, 30_000, "3", "ann");
        deliver(store, 30_000, "4", "carl");
        assertThat(subjects(store, "ann")).containsExactly("3");
        assertThat(subjects(store, "bob")).containsExactly("2");
        assertThat(store.bytes()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void a_source_with_many_recipients_counts_once_and_goes_with_the_last_of_them() {
        MailStore store = new MailStore(limits, clock);
        deliver(store, 60_000, "shared", "a", "b", "c", "b");
        assertThat(store.size()).isEqualTo(3);
        long three = store.bytes();
        assertThat(three).isBetween(60_000L, 65_000L);
        store.purge(MailboxName.of("a"));
        store.purge(MailboxName.of("b"));
        assertThat(store.bytes()).isBetween(60_000L, three - 1);
        store.purge(MailboxName.of("c"));
        assertThat(store.bytes()).isZero();
    }

    @Test
    void a_subscriber_gets_what_arrives_until_it_leaves() {
        MailStore store = new MailStore(limits, clock);
        List<String> got = new ArrayList<>();
        deliver(store, 1, "before", "ann");
        Runnable leave = store.subscribe(header -> got.add(header.subject()), () -> got.add("replay"));
        deliver(store, 1, "one", "ann", "bob");
        leave.run();
        deliver(store, 1, "after", "ann");
        assertThat(got).containsExactly("replay", "one", "one");
    }

    @Test
    void ids_are_never_used_again() {
        MailStore store = new MailStore(limits, clock);
        String first = deliver(store, 1, "s", "ann").get(0).id();
        store.purge(MailboxName.of("ann"));
        assertThat(first).isEqualTo("20261122T100000-0001");
        assertThat(deliver(store, 1, "s", "ann").get(0).id()).isEqualTo("20261122T100000-0002");
    }

    @Test
    void names_are_local_parts_in_lower_case_cut_at_the_plus() {
        assertThat(List.of(
                                "Jane+signup@example.com",
                                "jane@localhost",
                                "JANE",
                                " jane ",
                                "@relay,@other:jane@x",
                                "\"jane\"@x",
                                "jane@[127.0.0.1]")
                        .stream()
                        .map(MailboxName::of))
                .containsOnly(new MailboxName("jane"));
        assertThat(MailboxName.of("\"a@b \\\"c\"@x").value()).isEqualTo("\"a@b \\\"c\"");
        assertThat(MailboxName.of("+tag@x").value()).isEqualTo("+tag");
        assertThat(MailboxName.of("JU\u0308RGEN@x").value()).isEqualTo("j\u00fcrgen");
        assertThatThrownBy(() -> MailboxName.of("a\u0000b@x")).hasMessage("address has a control character");
    }

    @Test
    void limits_that_hold_nothing_are_refused() {
        assertThatThrownBy(() -> limits.withMessagesPerMailbox(0))
                .hasMessage("messagesPerMailbox is 0; a mailbox holds at least 1 message");
        assertThatThrownBy(() -> limits.withMaximumAge(Duration.ZERO))
                .hasMessage("maximumAge is PT0S; it must be more than zero");
        assertThatThrownBy(() -> limits.withTotalBytes(1))
                .hasMessage("totalBytes is 1; the store needs at least 65536");
    }
}
