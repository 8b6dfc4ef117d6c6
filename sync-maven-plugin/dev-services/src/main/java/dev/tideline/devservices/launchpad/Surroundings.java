package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.ports.PortConfigException;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.web.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * The current view, read when somebody asks and at most once a second, so that an unused launchpad costs nothing.
 * Thread-safe.
 */
final class Surroundings implements AutoCloseable {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final ExecutorService probes = Executors.newCachedThreadPool(DaemonThreads.named("launchpad-probe"));
    private final Controls controls;
    private final OwnServices own;
    private final OtherWorkspaces others;
    private final LaunchpadConfig config;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private View last;

    /** Guarded by this. */
    private long seenAt;

    Surroundings(LaunchpadConfig config, PrefixRegistry registry, LongSupplier nanoTime) {
        this.config = config;
        this.controls = new Controls(config);
        this.own = new OwnServices(config, controls, probes);
        this.others = new OtherWorkspaces(config, registry, probes);
        this.nanoTime = nanoTime;
    }

    /** The current view, or that of a moment ago. */
    synchronized View look() {
        if (last == null || nanoTime.getAsLong() - seenAt >= FRESH_NANOS) {
            last = lookNow();
            seenAt = nanoTime.getAsLong();
        }
        return last;
    }

    Controls controls() {
        return controls;
    }

    /**
     * Passes an operation to the controls. The next view is read again after the operation is recorded.
     *
     * @return whether it is carried out
     */
    synchronized boolean tell(String service, String what) {
        last = null;
        return controls.tell(service, what);
    }

    PortPrefix prefix() {
        return config.prefix();
    }

    private View lookNow() {
        try {
            return new View(
                    config.workspace(),
                    config.prefix(),
                    own.services(),
                    own.otherPorts(),
                    others.running(),
                    Optional.empty());
        } catch (DevServicesException | PortConfigException e) {
            // The page is where problems are shown, so it must not fail because of them.
            return new View(
                    config.workspace(), config.prefix(), List.of(), List.of(), List.of(), Optional.of(e.getMessage()));
        }
    }

    @Override
    public void close() {
        controls.close();
        probes.shutdownNow();
    }
}
