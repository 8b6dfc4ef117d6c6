package dev.tideline.sync.runtime;

import dev.tideline.sync.engine.Fuses;
import dev.tideline.sync.status.StatusWatch;

/** What is paused, as the watch last saw it, at most a second ago. */
public record WatchedFuses(StatusWatch watch) implements Fuses {

    @Override
    public boolean pollerPaused() {
        return watch.paused().contains("poller");
    }

    @Override
    public boolean paused(String label) {
        return watch.paused().contains("target:" + label);
    }
}
