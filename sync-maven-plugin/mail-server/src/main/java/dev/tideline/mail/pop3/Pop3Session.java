package dev.tideline.mail.pop3;

import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.MessageHeader;
import dev.tideline.mail.store.StoredMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One POP3 connection. The mailbox stays as it was at the login; only headers are held, so that an idle client keeps no
 * mail alive. Messages marked by DELE are deleted at QUIT, and stay if the connection breaks. Used by one thread.
 */
final class Pop3Session {

    /** Starts TLS, with a new wire: what a client sent in the clear after STLS is dropped. */
    interface StartTls {
        Pop3Wire secure() throws IOException;
    }

    private final MailStore store;
    private Pop3Wire wire;
    private Optional<StartTls> startTls;
    private String user = "";
    private MailboxName mailbox;
    private List<MessageHeader> messages = List.of();
    private long[] octets = {};
    private final BitSet deleted = new BitSet();

    Pop3Session(Pop3Wire wire, MailStore store, Optional<StartTls> startTls) {
        this.wire = wire;
        this.store = store;
        this.startTls = startTls;
    }

    void run() throws IOException {
        wire.ok("Tideline mail server ready");
        wire.flush();
        boolean more = true;
        while (more) {
            Optional<String> line;
            try {
                line = wire.readLine();
            } catch (SocketTimeoutException idle) {
                wire.error("idle for too long");
                wire.flush();
                return;
            }
            more = line.isPresent() && handle(line.get());
            wire.flush();
        }
    }

    private boolean handle(String line) throws IOException {
        String[] words = line.split(" +", 3);
        String command = words[0].toUpperCase(Locale.ROOT);
        String first = words.length > 1 ? words[1] : "";
        String second = words.length > 2 ? words[2] : "";
        switch (command) {
            case "QUIT" -> {
                quit();
                return false;
            }
            case "CAPA" -> capabilities();
            case "NOOP" -> wire.ok("");
            // A client may ask for UTF-8 (RFC 6856); mail is sent unchanged in any case.
            case "UTF8" -> wire.ok("UTF-8");
            default -> {
                if (mailbox == null) {
                    authorize(command, first, line);
                } else {
                    transact(command, first, second);
                }
            }
        }
        return true;
    }

    private void capabilities() throws IOException {
        wire.ok("capabilities");
        for (String capability : List.of("TOP", "UIDL", "USER", "UTF8 USER", "PIPELINING", "EXPIRE 1")) {
            wire.line(capability);
        }
        if (startTls.isPresent()) {
            wire.line("STLS");
        }
        wire.end();
    }

    private void authorize(String command, String first, String line) throws IOException {
        switch (command) {
            case "USER" -> {
                user = line.substring(4).strip();
                if (user.isEmpty()) {
                    wire.error("USER takes a mailbox, such as USER jane");
                } else {
                    wire.ok("any password will do");
                }
            }
            case "PASS" -> {
                if (user.isEmpty()) {
                    wire.error("USER comes first");
                } else {
                    open();
                }
            }
            case "STLS" -> secure();
            case "APOP" -> {
                user = first;
                open();
            }
            default -> wire.error("log in first: USER <mailbox>, then PASS with any password");
        }
    }

    private void secure() throws IOException {
        if (startTls.isEmpty()) {
            wire.error("no TLS can be started here");
            return;
        }
        wire.ok("begin TLS");
        wire.flush();
        wire = startTls.get().secure();
        startTls = Optional.empty();
        user = "";
    }

    private void open() throws IOException {
        try {
            MailboxName named = MailboxName.of(user);
            List<StoredMessage> found = store.messages(named);
            messages = found.stream().map(StoredMessage::header).toList();
            octets = found.stream()
                    .mapToLong(message -> Pop3Wire.octets(message.sourceBytes()))
                    .toArray();
            mailbox = named;
            wire.ok(messages.size() + " messages");
        } catch (IllegalArgumentException e) {
            wire.error(e.getMessage());
        }
    }

    private void transact(String command, String first, String second) throws IOException {
        switch (command) {
            case "STAT" -> wire.ok(kept().length + " " + bytes());
            case "LIST" -> list(first, index -> String.valueOf(octets[index]));
            case "UIDL" -> list(first, index -> messages.get(index).id());
            case "RETR" -> retrieve(first, -1);
            case "TOP" -> {
                if (second.matches("\\d{1,9}")) {
                    retrieve(first, Integer.parseInt(second));
                } else {
                    wire.error("TOP takes a message's number and a number of lines, such as TOP 1 10");
                }
            }
            case "DELE" -> {
                int index = index(first);
                if (index >= 0) {
                    deleted.set(index);
                    wire.ok("message " + first + " goes at QUIT");
                }
            }
            case "RSET" -> {
                deleted.clear();
                wire.ok(messages.size() + " messages");
            }
            default -> wire.error("unknown command " + command);
        }
    }

    private int[] kept() {
        return java.util.stream.IntStream.range(0, messages.size())
                .filter(index -> !deleted.get(index))
                .toArray();
    }

    private long bytes() {
        long sum = 0;
        for (int index : kept()) {
            sum += octets[index];
        }
        return sum;
    }

    private void list(String number, IntFunction<String> column) throws IOException {
        if (!number.isEmpty()) {
            int index = index(number);
            if (index >= 0) {
                wire.ok((index + 1) + " " + column.apply(index));
            }
            return;
        }
        wire.ok(kept().length + " messages");
        for (int index : kept()) {
            wire.line((index + 1) + " " + column.apply(index));
        }
        wire.end();
    }

    private void retrieve(String number, int bodyLines) throws IOException {
        int index = index(number);
        if (index < 0) {
            return;
        }
        Optional<StoredMessage> message =
                store.find(mailbox, messages.get(index).id());
        if (message.isEmpty()) {
            wire.error("message " + number + " is gone: it was deleted elsewhere, or made room for newer mail");
            return;
        }
        wire.ok(octets[index] + " octets");
        wire.message(message.get().sourceBytes(), bodyLines);
    }

    /** The index of a message's number; -1, with the error written, if there is no such message. */
    private int index(String number) throws IOException {
        int index = number.matches("\\d{1,6}") ? Integer.parseInt(number) - 1 : -1;
        if (index < 0 || index >= messages.size()) {
            wire.error("no message '" + number + "'; there are " + messages.size());
            return -1;
        }
        if (deleted.get(index)) {
            wire.error("message " + number + " is marked as deleted");
            return -1;
        }
        return index;
    }

    private void quit() throws IOException {
        deleted.stream()
                .forEach(index -> store.remove(mailbox, messages.get(index).id()));
        wire.ok("bye");
    }
}
