package dev.tideline.maven.collector;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a collector as a process of its own, until it is ended:
 * {@code [--bind address] [--otlp-port n] [--page-port n] [--allow-host name]…}, with 0, the default, for a free port.
 * Prints {@code otlp=URL page=URL} once both ports answer. A JVM that runs more than a collector calls
 * {@link Collector#start} instead.
 */
public final class CollectorMain {

    private CollectorMain() {}

    /** Starts it and waits. Exits with 2 if an argument is wrong, with 1 if a port cannot be had. */
    public static void main(String[] args) throws InterruptedException {
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

    static CollectorConfig parse(String[] args) {
        CollectorConfig config = CollectorConfig.DEFAULT;
        Set<String> hosts = new HashSet<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            config = switch (args[i]) {
                case "--bind" -> config.boundTo(value);
                case "--otlp-port" -> config.onPorts(port(args[i], value), config.pagePort());
                case "--page-port" -> config.onPorts(config.otlpPort(), port(args[i], value));
                case "--allow-host" -> {
                    hosts.add(value);
                    yield config.allowing(hosts);
                }
                default ->
                    throw new IllegalArgumentException(
                            "unknown option " + args[i] + "; known are --bind, --otlp-port, --page-port, --allow-host");
            };
        }
        return config;
    }

    private static int port(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a port number, not " + value);
        }
    }
}
