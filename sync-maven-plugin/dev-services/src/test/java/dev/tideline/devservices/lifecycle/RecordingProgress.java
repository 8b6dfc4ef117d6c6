package dev.tideline.devservices.lifecycle;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was told. */
public final class RecordingProgress implements Progress {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void waiting(String service, String what) {}

    @Override
    public void done(String service, String what) {
        told.add(service + ": " + what);
    }

    @Override
    public void note(String message) {
        told.add(message);
    }

    @Override
    public void warning(String message) {
        warnings.add(message);
    }
}
