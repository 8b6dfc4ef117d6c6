package dev.tideline.collector;

import dev.tideline.web.Arguments;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a collector as a separate process: {@code --bind=address --otlp-port=n --page-port=n --allowed-hosts=a,b}, with
 * 0, the default, for a free port. Prints {@code otlp=URL page=URL} once both ports answer. A JVM that runs more than a
 * collector calls {@link Collector#start} instead.
 */
public final class CollectorMain {

    private static final Set<String> KNOWN = Set.of("bind", "otlp-port", "page-port", "allowed-hosts");

    private CollectorMain() {}

    /** Starts it and waits. Exits with 2 if an argument is wrong, with 1 if a port is unavailable. */
    public static void main(String... args) throws InterruptedException {
        CollectorConfig config;
        try {
            config = parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try {
            Collector collector = Collector.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "collector-stop"));
            System.out.println("otlp=" + collector.otlpUrl() + " page=" + collector.pageUrl());
            new CountDownLatch(1).await();
        } catch (CollectorException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static CollectorConfig parse(String... words) {
        Arguments given = Arguments.parse(KNOWN, words);
        return CollectorConfig.DEFAULT
                .boundTo(given.text("bind").orElse(CollectorConfig.DEFAULT.bind()))
                .onPorts(given.number("otlp-port", 0), given.number("page-port", 0))
                .allowing(given.hosts("allowed-hosts"));
    }
}
