package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.DevServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/**
 * Stops what a build started when the build ends: by the session's execution listener, which is also called after
 * failures, and by a shutdown hook for Ctrl-C. One object per session. Thread-safe.
 */
final class EndOfBuild {

    private static final String KEY = EndOfBuild.class.getName();

    /** Guarded by this. */
    private final List<DevServices> started = new ArrayList<>();

    private final Log log;
    private final Thread hook = new Thread(this::end, "tideline-end-of-build");
    private boolean ended;

    private EndOfBuild(Log log) {
        this.log = log;
    }

    /**
     * The object of a session, registered with it on the first call. Call it before anything is started, so that
     * nothing can be left behind.
     */
    static EndOfBuild of(MavenSession session, Log log) {
        var data = session.getRepositorySession().getData();
        synchronized (data) {
            EndOfBuild known = (EndOfBuild) data.get(KEY);
            if (known == null) {
                known = new EndOfBuild(log);
                known.listenTo(session);
                Runtime.getRuntime().addShutdownHook(known.hook);
                data.set(KEY, known);
            }
            return known;
        }
    }

    /** Releases these services at the end. */
    synchronized void include(DevServices services) {
        if (ended) {
            throw new IllegalStateException("The build is ending; nothing is started any more.");
        }
        // Once now, without effect: at the end of the build the plugin's classes may not be loadable any more.
        services.preload();
        started.add(services);
    }

    private void listenTo(MavenSession session) {
        ExecutionListener before = session.getRequest().getExecutionListener();
        Object chained = Proxy.newProxyInstance(
                ExecutionListener.class.getClassLoader(),
                new Class<?>[] {ExecutionListener.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    if (method.getName().equals("sessionEnded")) {
                        end();
                    }
                    try {
                        return before == null ? null : method.invoke(before, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        session.getRequest().setExecutionListener((ExecutionListener) chained);
    }

    private void end() {
        List<DevServices> toEnd;
        synchronized (this) {
            ended = true;
            toEnd = List.copyOf(started);
            started.clear();
        }
        for (DevServices services : toEnd) {
            try {
                List<String> stopped = services.releaseThisProcess();
                if (!stopped.isEmpty()) {
                    log.info("Stopped " + String.join(", ", stopped) + " at the end of the build.");
                }
            } catch (RuntimeException e) {
                log.error("Cannot stop the services of this build: " + e.getMessage(), e);
            }
        }
    }
}
