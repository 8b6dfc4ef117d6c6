package dev.tideline.devservices.workspace;

import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.provider.docker.PullProgress;

/** Passes on the progress of pulls: their beginning to the log, the rest to a terminal. */
record PullNotes(Progress progress) implements PullProgress {

    @Override
    public void begins(String service, String image) {
        progress.note("Pulling image " + image + " for " + service + ".");
    }

    @Override
    public void pulling(String service, String what) {
        progress.waiting(service, what);
    }
}
