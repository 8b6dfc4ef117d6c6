package dev.tideline.mail.smtp;

import java.io.IOException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * {@code MAIL FROM} with its parameters. The library's own command drops the connection over a SIZE above 2^31, reads
 * SIZE only in the last place, and does not know quoted local parts.
 */
final class SizedMailCommand extends BaseCommand {

    private static final String FROM = "FROM:";

    /** The parameters after the address: each a keyword, most with a value. */
    private static final Pattern SIZE = Pattern.compile("(?i)\\sSIZE=(\\S*)");

    private final int maximum;

    SizedMailCommand(int maximum) {
        super("MAIL", "Specifies the sender.", "FROM: <sender> [ <parameters> ]");
        this.maximum = maximum;
    }

    @Override
    public void execute(String line, Session session) throws IOException, DropConnectionException {
        String path = getArgPredicate(line);
        if (session.isMailTransactionInProgress()) {
            session.sendResponse("503 5.5.1 Sender already specified.");
        } else if (!path.regionMatches(true, 0, FROM, 0, FROM.length()) || path.length() == FROM.length()) {
            session.sendResponse("501 5.5.4 Syntax: MAIL FROM:<address>");
        } else {
            session.sendResponse(begin(EnvelopePath.parse(path.substring(FROM.length())), session));
        }
    }

    private String begin(EnvelopePath path, Session session) throws DropConnectionException {
        Matcher size = SIZE.matcher(path.parameters());
        boolean sized = size.find();
        if (sized && !size.group(1).matches("\\d{1,20}")) {
            return "501 5.5.4 SIZE takes a number of bytes";
        }
        if (sized && isTooLarge(size.group(1))) {
            return tooLarge(maximum);
        }
        session.setDeclaredMessageSize(sized ? Integer.parseInt(size.group(1)) : 0);
        session.startMailTransaction();
        try {
            session.getMessageHandler().from(path.address());
            return "250 Ok";
        } catch (DropConnectionException e) {
            session.resetMailTransaction();
            throw e;
        } catch (RejectException e) {
            session.resetMailTransaction();
            return e.getErrorResponse();
        }
    }

    private boolean isTooLarge(String digits) {
        return new BigInteger(digits).compareTo(BigInteger.valueOf(maximum)) > 0;
    }

    static String tooLarge(int maximum) {
        return "552 5.3.4 Message is larger than this server's limit of " + maximum + " bytes";
    }
}
