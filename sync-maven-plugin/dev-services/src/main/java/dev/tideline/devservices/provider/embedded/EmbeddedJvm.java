package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.Detached;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of Tideline's own servers in its own JVM. One JVM each, because a service is selected, replaced and released on
 * its own, and its process is identified by its own token.
 */
record EmbeddedJvm(JvmProgram program, Artifacts artifacts) implements EmbeddedService {

    /** SIGKILL loses nothing, so there is no reason to wait long. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    @Override
    public Provider.Prepared prepare(ServiceSpec spec) {
        String own = BuildVersions.tideline();
        if (!spec.version().isBlank() && !spec.version().equals(own)) {
            throw refused("it is part of Tideline and there is only version " + own + ". Leave out its version");
        }
        if (!spec.databases().isEmpty()
                || !spec.roles().isEmpty()
                || !spec.initScripts().isEmpty()) {
            throw refused("<databases>, <roles> and <initScripts> are for Postgres. Remove them from this service");
        }
        for (String setting : spec.settings().keySet()) {
            if (!program.settings().contains(setting)) {
                throw refused(
                        "there is no setting '" + setting + "'." + NearestName.question(setting, program.settings())
                                + " There are: " + String.join(", ", program.settings()));
            }
        }
        if (spec.settings().toString().length() > JvmCommand.LONGEST_SETTINGS) {
            throw refused("its settings are longer than " + JvmCommand.LONGEST_SETTINGS
                    + " characters, and the process could not be recognised any more. Shorten them");
        }
        try {
            program.heapMegabytes(spec.settings());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DevServicesException(
                    "Service " + spec.name() + " cannot run with these <settings>: " + e.getMessage() + ".", e);
        }
        return new Provider.Prepared(own, "");
    }

    @Override
    public ServiceRecord start(
            ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit) {
        LogFile log = new LogFile(record.log());
        try {
            long logStart = log.prepare();
            // Recorded, because whoever starts it again later cannot ask Maven.
            String ownClasses = record.home().isEmpty()
                    ? JvmCommand.joined(artifacts.classPath(program.artifactId()))
                    : record.home();
            Process process = Detached.start(
                    JvmCommand.of(
                            program.heapMegabytes(spec.settings()),
                            record.token(),
                            program.mainClass(),
                            program.arguments(record, spec.settings())),
                    log.path(),
                    variables -> {
                        // A debugger's port or an agent meant for Maven would prevent the start of a second JVM.
                        variables.keySet().removeAll(JvmCommand.VARIABLES);
                        variables.putAll(spec.environment());
                        variables.putAll(environment);
                        variables.putAll(program.environment());
                        variables.put(JvmCommand.CLASS_PATH, ownClasses);
                    });
            awaitAnswer(record, process, limit, log, logStart);
            return record.withHome(ownClasses).withProcess(process.pid(), ProcessIdentity.startOf(process.toHandle()));
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot start " + record.service() + " (" + JvmCommand.java() + ", log " + log.path() + "): " + e
                            + ". " + FailureAdvice.on(e, log.path().getParent()),
                    e);
        }
    }

    @Override
    public void stop(ServiceRecord record, ProcessHandle process) {
        process.destroy();
        if (!Poll.untilTrue(STOP_LIMIT, () -> !ProcessIdentity.isAlive(process))) {
            process.destroyForcibly();
            Poll.untilTrue(STOP_LIMIT, () -> !ProcessIdentity.isAlive(process));
        }
    }

    @Override
    public void preload() {
        Poll.untilTrue(Duration.ZERO, () -> ProcessIdentity.isAlive(ProcessHandle.current()));
    }

    private void awaitAnswer(ServiceRecord record, Process process, Duration limit, LogFile log, long logStart) {
        Exception[] last = new Exception[1];
        Optional<Boolean> ready = Poll.until(limit, () -> {
            if (!process.isAlive()) {
                return Optional.of(false);
            }
            try {
                program.type().probe(record.address());
                return Optional.of(true);
            } catch (Exception noAnswerYet) {
                last[0] = noAnswerYet;
                return Optional.empty();
            }
        });
        if (ready.equals(Optional.of(true))) {
            return;
        }
        process.destroyForcibly();
        String what = ready.isPresent()
                ? "ended while it started"
                : "was not ready within " + limit.toSeconds() + " s (" + last[0].getMessage() + ")";
        List<String> tail = log.tail(20, logStart);
        throw new DevServicesException(
                "Service " + record.service() + " on " + record.portsInWords() + " " + what + ".\nEnd of "
                        + log.path() + ":\n  "
                        + (tail.isEmpty() ? "(nothing was logged)" : String.join("\n  ", tail)),
                last[0]);
    }

    private DevServicesException refused(String why) {
        return new DevServicesException("Service " + program.type().name() + " cannot run as asked: " + why + ".");
    }
}
