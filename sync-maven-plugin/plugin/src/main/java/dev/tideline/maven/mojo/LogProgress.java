package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.Progress;
import org.apache.maven.plugin.logging.Log;

/** One line for each service when it is ready; nothing while it is waited for. */
record LogProgress(Log log) implements Progress {

    @Override
    public void waiting(String service, String what) {
        log.debug(service + " " + what);
    }

    @Override
    public void done(String service, String what) {
        log.info(service + ": " + what);
    }

    @Override
    public void note(String message) {
        log.info(message);
    }

    @Override
    public void warning(String message) {
        log.warn(message);
    }
}
