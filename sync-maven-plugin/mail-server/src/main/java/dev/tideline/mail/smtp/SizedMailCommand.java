package dev.tideline.mail.smtp;

import java.io.IOException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.command.MailCommand;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * {@code MAIL FROM} with its parameters. The library's own command drops the connection over a SIZE above 2^31 and reads
 * SIZE only where it stands last; this one reads it anywhere, answers with the limit, and hands the rest over.
 */
final class SizedMailCommand extends BaseCommand {

    /** The parameters after the address: each a keyword, most with a value. */
    private static final Pattern SIZE = Pattern.compile("(?i)\\sSIZE=(\\S*)");

    private final MailCommand delegate = new MailCommand(sender -> true);
    private final int maximum;

    SizedMailCommand(int maximum) {
        super("MAIL", "Specifies the sender.", "FROM: <sender> [ <parameters> ]");
        this.maximum = maximum;
    }

    @Override
    public void execute(String line, Session session) throws IOException, DropConnectionException {
        int end = line.lastIndexOf('>');
        String parameters = end < 0 ? "" : line.substring(end + 1);
        Matcher size = SIZE.matcher(parameters);
        boolean sized = size.find();
        if (sized && !size.group(1).matches("\\d{1,20}")) {
            session.sendResponse("501 5.5.4 SIZE takes a number of bytes");
        } else if (sized && isTooLarge(size.group(1))) {
            session.sendResponse(tooLarge(maximum));
        } else {
            delegate.execute(end < 0 ? line : line.substring(0, end + 1), session);
        }
    }

    private boolean isTooLarge(String digits) {
        return new BigInteger(digits).compareTo(BigInteger.valueOf(maximum)) > 0;
    }

    static String tooLarge(int maximum) {
        return "552 5.3.4 Message is larger than this server's limit of " + maximum + " bytes";
    }
}
