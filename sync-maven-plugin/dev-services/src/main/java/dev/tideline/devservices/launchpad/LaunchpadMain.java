package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.service.LaunchpadService;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import dev.tideline.web.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a launchpad until it is ended: {@code --port=8100 --allowed-hosts=a,b}. The port has suffix 00, so its leading
 * digits are the prefix. The workspace comes from the environment variable {@value Workspace#ENVIRONMENT_MARK}, because
 * only a limited part of a process's command line can be read.
 */
public final class LaunchpadMain {

    private static final Set<String> KNOWN = Set.of("port", "allowed-hosts");

    private LaunchpadMain() {}

    /** Starts it and waits. Exits with 2 if an argument is wrong, with 1 if the port is unavailable. */
    public static void main(String... words) throws InterruptedException {
        LaunchpadConfig config;
        try {
            config = parse(System.getenv(Workspace.ENVIRONMENT_MARK), words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try {
            Launchpad launchpad = Launchpad.start(config, registry());
            Runtime.getRuntime().addShutdownHook(new Thread(launchpad::close, "launchpad-stop"));
            System.out.println("launchpad=" + launchpad.url());
            new CountDownLatch(1).await();
        } catch (IOException e) {
            System.err.println("The launchpad cannot listen on 127.0.0.1:" + config.port() + ": " + e.getMessage()
                    + ". Stop what holds the port, or choose another port prefix.");
            System.exit(1);
        }
    }

    private static PrefixRegistry registry() {
        String folder = System.getenv(LaunchpadService.REGISTRY);
        return folder == null || folder.isBlank() ? PrefixRegistry.userLevel() : PrefixRegistry.at(Path.of(folder));
    }

    static LaunchpadConfig parse(String workspace, String... words) {
        if (workspace == null || workspace.isBlank()) {
            throw new IllegalArgumentException(
                    "The environment variable " + Workspace.ENVIRONMENT_MARK + " must name the workspace.");
        }
        Arguments given = Arguments.parse(KNOWN, words);
        String port = given.text("port").orElseThrow(() -> new IllegalArgumentException("--port= is missing"));
        if (!port.matches("[0-9]{2,3}00")) {
            throw new IllegalArgumentException("--port is '" + port + "'; it takes a prefix followed by 00");
        }
        return new LaunchpadConfig(
                Workspace.at(Path.of(workspace)),
                new PortPrefix(Integer.parseInt(port) / 100, "the launchpad's port"),
                given.hosts("allowed-hosts"));
    }
}
