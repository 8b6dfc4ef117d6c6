package dev.tideline.devservices.workspace;

import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.provider.docker.PullProgress;

/** Tells of pulled images what is told of services: that a pull begins in the log, how far it is where a person watches. */
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
