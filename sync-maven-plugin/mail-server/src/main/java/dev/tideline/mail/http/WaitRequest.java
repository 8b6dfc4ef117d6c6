package dev.tideline.mail.http;

import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.MessageQuery;
import dev.tideline.web.Problem;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client waits for.
 *
 * @param query which messages count
 * @param count number of messages to wait for; 1 to 500, default 1
 * @param timeout 0 to 5 minutes, default 10 seconds
 * @param full whether the answer contains whole messages instead of their headers
 */
record WaitRequest(MailboxName mailbox, MessageQuery query, int count, Duration timeout, boolean full) {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|)");
    private static final int MOST = 500;

    /**
     * Parses a request.
     *
     * @param mailboxSize how many messages a mailbox keeps: waiting for more would never end
     */
    static WaitRequest of(Request request, int mailboxSize) {
        MailboxApi.only(request, "GET");
        request.onlyParameters(Set.of("subject", "from", "since", "count", "timeout", "full"));
        return new WaitRequest(
                MailboxApi.mailbox(request.path().element(3)),
                MailboxApi.query(request),
                count(request.parameter("count").orElse("1"), mailboxSize),
                timeout(request.parameter("timeout").orElse("10s")),
                full(request.parameter("full").orElse("false")));
    }

    private static int count(String text, int mailboxSize) {
        int count = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (count > mailboxSize) {
            throw Problem.badRequest("count is '" + text + "', but a mailbox keeps " + mailboxSize
                    + " messages; start the server with a larger messages-per-mailbox, or use several mailboxes");
        }
        if (count < 1 || count > MOST) {
            throw Problem.badRequest("count is '" + text + "'; it takes 1 to " + MOST);
        }
        return count;
    }

    private static Duration timeout(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw Problem.badRequest("timeout is '" + text + "'; it takes a time such as 20s, 500ms or 2m");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration timeout = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofMillis(number);
        };
        if (timeout.compareTo(LONGEST) > 0) {
            throw Problem.badRequest("timeout is '" + text + "'; it takes at most 5m, ask again after that");
        }
        return timeout;
    }

    private static boolean full(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.badRequest("full is '" + text + "'; it takes true or false");
        }
        return text.equals("true");
    }
}
