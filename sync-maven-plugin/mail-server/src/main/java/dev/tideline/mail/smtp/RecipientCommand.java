package dev.tideline.mail.smtp;

import java.io.IOException;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/** {@code RCPT TO}. The library's own command does not know quoted local parts. */
final class RecipientCommand extends BaseCommand {

    private static final String TO = "TO:";

    RecipientCommand() {
        super("RCPT", "Specifies a recipient, any number of times.", "TO: <recipient> [ <parameters> ]");
    }

    @Override
    public void execute(String line, Session session) throws IOException, DropConnectionException {
        String path = getArgPredicate(line);
        if (!session.isMailTransactionInProgress()) {
            session.sendResponse("503 5.5.1 MAIL FROM comes first");
        } else if (session.getRecipientCount() >= session.getServer().getMaxRecipients()) {
            session.sendResponse("452 4.5.3 A message takes at most "
                    + session.getServer().getMaxRecipients() + " recipients; send it to the others again");
        } else if (!path.regionMatches(true, 0, TO, 0, TO.length())) {
            session.sendResponse("501 5.5.4 Syntax: RCPT TO:<address>");
        } else {
            session.sendResponse(add(EnvelopePath.parse(path.substring(TO.length())), session));
        }
    }

    private static String add(EnvelopePath path, Session session) throws DropConnectionException {
        try {
            session.getMessageHandler().recipient(path.address());
            session.addRecipient(path.address());
            return "250 Ok";
        } catch (DropConnectionException e) {
            throw e;
        } catch (RejectException e) {
            return e.getErrorResponse();
        }
    }
}
