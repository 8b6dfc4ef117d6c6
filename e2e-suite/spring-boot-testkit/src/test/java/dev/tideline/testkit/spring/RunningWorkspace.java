package dev.tideline.testkit.spring;

import dev.tideline.collector.Collector;
import dev.tideline.collector.CollectorConfig;
import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.mail.MailServer;
import dev.tideline.mail.MailServerConfig;
import java.nio.file.Path;
import java.util.Random;

/** A workspace, known to this process as its own, whose Postgres, mail server and collector run on the workspace's ports. */
record RunningWorkspace(int prefix, PostgresServer postgres, MailServer mail, Collector collector)
        implements AutoCloseable {

    private static final String PREFIX = "tideline.portPrefix";
    private static final int ATTEMPTS = 10;

    /** Starts them; where another program has one of the ports, on another prefix. */
    static RunningWorkspace start(Path folder) {
        RuntimeException taken = null;
        // Below the range from which the kernel takes ports for outgoing connections.
        for (int prefix : new Random().ints(ATTEMPTS, 110, 320).toArray()) {
            MailServer mail = null;
            Collector collector = null;
            try {
                mail = MailServer.start(
                        MailServerConfig.defaults().withPorts(prefix * 100 + 5, prefix * 100 + 29, prefix * 100 + 30));
                collector = Collector.start(CollectorConfig.DEFAULT.onPorts(prefix * 100 + 31, prefix * 100 + 7));
                PostgresServer postgres = PostgresServer.builder()
                        .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                        .dataDirectory(folder.resolve("data" + prefix))
                        .durability(Durability.FAST)
                        .port(prefix * 100 + 28)
                        .build()
                        .start();
                System.setProperty(PREFIX, Integer.toString(prefix));
                return new RunningWorkspace(prefix, postgres, mail, collector);
            } catch (RuntimeException e) {
                taken = e;
                if (mail != null) {
                    mail.close();
                }
                if (collector != null) {
                    collector.close();
                }
            }
        }
        throw taken;
    }

    @Override
    public void close() {
        System.clearProperty(PREFIX);
        postgres.close();
        mail.close();
        collector.close();
    }
}
