package dev.tideline.mail.smtp;

import java.io.IOException;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.command.DataCommand;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/** {@code DATA}, followed by the message instead of commands. */
final class ContentCommand extends BaseCommand {

    private final DataCommand delegate = new DataCommand();

    ContentCommand() {
        super("DATA", "Following text is collected as the message.");
    }

    @Override
    public void execute(String line, Session session) throws IOException, DropConnectionException {
        CommandLines lines = CommandSocket.linesOf(session);
        lines.beginContent();
        try {
            delegate.execute(line, session);
        } finally {
            lines.endContent();
        }
    }
}
