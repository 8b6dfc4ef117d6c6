package dev.tideline.devservices.standalone;

import dev.tideline.devservices.lifecycle.Progress;
import java.io.PrintStream;

/** One line for each service once it is ready. */
record PrintedProgress(PrintStream out) implements Progress {

    @Override
    public void waiting(String service, String what) {}

    @Override
    public void done(String service, String what) {
        out.println(service + ": " + what);
    }

    @Override
    public void note(String message) {
        out.println(message);
    }
}
