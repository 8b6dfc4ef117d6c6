package dev.tideline.directory.mail;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.loop.Worker;
import dev.tideline.directory.notifications.UnsubscribeLinks;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The threads that send. Closing lets each finish its current mail. */
public final class MailWorkers implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMillis(100);

    private final List<Worker> workers;

    private MailWorkers(List<Worker> workers) {
        this.workers = workers;
    }

    public static MailWorkers start(Database database, SmtpConfig config, UnsubscribeLinks links) {
        MailSender sender = new MailSender(new MailQueue(database), config, links);
        return new MailWorkers(IntStream.range(0, config.workers())
                .mapToObj(i -> Worker.start("mail-" + i, sender::runOnce, IDLE))
                .toList());
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
    }
}
