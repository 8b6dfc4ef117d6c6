package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FailureAdvice;
import dev.tideline.devservices.process.FileMutex;
import dev.tideline.devservices.process.FileTree;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * The state of a workspace for one prefix, in {@code .tideline/<prefix>}: {@code services/}, {@code specs/}, {@code
 * paused/}, {@code logged/} and {@code users/} with one small file each, and unless placed elsewhere {@code data/} and
 * {@code logs/}. Changed only under {@link #lock}.
 */
public record StateFolder(Path root, Path data, Path logs) {

    /**
     * The usual layout.
     *
     * @param root {@code .tideline/<prefix>} of a workspace, which may not exist yet
     */
    public static StateFolder at(Path root) {
        return new StateFolder(root, root.resolve("data"), root.resolve("logs"));
    }

    /** The usual layout of a workspace and prefix; the folder may not exist yet. */
    public static StateFolder of(Workspace workspace, PortPrefix prefix) {
        return at(workspace.stateDirectory().resolve(Integer.toString(prefix.value())));
    }

    FileMutex lock(Duration limit, String purpose, Consumer<String> onWait) {
        FileMutex mutex = FileMutex.acquire(root.resolve("lock"), limit, purpose, onWait);
        try {
            Path ignore = root.resolve(".gitignore");
            if (!Files.exists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
            return mutex;
        } catch (IOException e) {
            mutex.close();
            throw cannotWrite(root, e);
        }
    }

    /** The records of the services that were started and not stopped. */
    public List<ServiceRecord> services() {
        return serviceFiles().read(ServiceRecord::of);
    }

    Optional<ServiceRecord> service(String name) {
        return services().stream()
                .filter(record -> record.service().equals(name))
                .findFirst();
    }

    void write(ServiceRecord record) {
        serviceFiles().write(record.service(), record.toProperties());
        loggedFiles().write(record.service(), record.toProperties());
    }

    void remove(ServiceRecord record) {
        serviceFiles().remove(record.service());
        specFiles().remove(record.service());
        pausedFiles().remove(record.service());
    }

    void write(ServiceSpec spec) {
        specFiles().write(spec.name(), spec.toProperties());
    }

    /** The specs of the services that have answered and were not stopped. */
    public List<ServiceSpec> specs() {
        return specFiles().read(ServiceSpec::of);
    }

    /** The spec with which the service was started; empty if an older version started it. */
    Optional<ServiceSpec> spec(String name) {
        return specs().stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    void setPaused(String service, boolean paused) {
        if (paused) {
            pausedFiles().write(service, new Properties());
        } else {
            pausedFiles().remove(service);
        }
    }

    boolean isPaused(String service) {
        return Files.exists(root.resolve("paused").resolve(service + ".properties"));
    }

    /** The users that keep services running. */
    public List<ServiceUser> users() {
        return userFiles().read(ServiceUser::of);
    }

    Optional<ServiceUser> user(String id) {
        return users().stream().filter(user -> user.id().equals(id)).findFirst();
    }

    void write(ServiceUser user) {
        userFiles().write(user.id(), user.toProperties());
    }

    void remove(ServiceUser user) {
        userFiles().remove(user.id());
    }

    ServiceData serviceData() {
        return new ServiceData(data);
    }

    Path logOf(String service) {
        return logs.resolve(service + ".log");
    }

    /** Of all services that were ever started here, also where logs were placed elsewhere then. */
    void deleteLogs() {
        for (ServiceRecord record : loggedFiles().read(ServiceRecord::of)) {
            try {
                FileTree.delete(record.log());
                FileTree.delete(record.log().resolveSibling(record.log().getFileName() + ".1"));
            } catch (IOException e) {
                throw cannotWrite(record.log().getParent(), e);
            }
            loggedFiles().remove(record.service());
        }
    }

    private PropertyFiles serviceFiles() {
        return new PropertyFiles(root.resolve("services"));
    }

    private PropertyFiles specFiles() {
        return new PropertyFiles(root.resolve("specs"));
    }

    private PropertyFiles pausedFiles() {
        return new PropertyFiles(root.resolve("paused"));
    }

    /** The last record of each service that may have left a log. */
    private PropertyFiles loggedFiles() {
        return new PropertyFiles(root.resolve("logged"));
    }

    private PropertyFiles userFiles() {
        return new PropertyFiles(root.resolve("users"));
    }

    static DevServicesException cannotRead(Path folder, IOException e) {
        return new DevServicesException("Cannot read " + folder + ": " + e + ". It must be readable for this user.", e);
    }

    static DevServicesException cannotWrite(Path folder, IOException e) {
        return new DevServicesException(
                "Cannot write below " + folder + ": " + e + ". " + FailureAdvice.on(e, folder), e);
    }
}
