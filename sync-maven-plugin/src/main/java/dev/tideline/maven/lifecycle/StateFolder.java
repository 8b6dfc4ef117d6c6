package dev.tideline.maven.lifecycle;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.process.FileMutex;
import dev.tideline.maven.process.FileTree;
import dev.tideline.maven.service.ServiceRecord;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.Workspace;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a workspace keeps for one prefix, in {@code .tideline/<prefix>}: {@code services/} and {@code users/} with one small
 * file each, and unless placed elsewhere {@code data/} and {@code logs/}. Changed only under {@link #lock}.
 *
 * @param root the folder
 * @param data where services keep their data
 * @param logs where their logs are
 */
public record StateFolder(Path root, Path data, Path logs) {

    private static final String FURNISHED = ".furnished";
    private static final String UNFINISHED = ".unfinished";

    /**
     * The usual layout.
     *
     * @param root {@code .tideline/<prefix>} of a workspace
     * @return the folder, which may not exist yet
     */
    public static StateFolder at(Path root) {
        return new StateFolder(root, root.resolve("data"), root.resolve("logs"));
    }

    /**
     * The usual layout of a workspace and prefix.
     *
     * @param workspace whose
     * @param prefix its prefix
     * @return the folder, which may not exist yet
     */
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

    /** @return what is written down about the services that were started and not stopped */
    public List<ServiceRecord> services() {
        return read("services", ServiceRecord::of);
    }

    Optional<ServiceRecord> service(String name) {
        return services().stream()
                .filter(record -> record.service().equals(name))
                .findFirst();
    }

    void write(ServiceRecord record) {
        write("services", record.service(), record.toProperties());
    }

    void remove(ServiceRecord record) {
        remove("services", record.service());
    }

    /** @return for whom services are kept running */
    public List<ServiceUser> users() {
        return read("users", ServiceUser::of);
    }

    Optional<ServiceUser> user(String id) {
        return users().stream().filter(user -> user.id().equals(id)).findFirst();
    }

    void write(ServiceUser user) {
        write("users", user.id(), user.toProperties());
    }

    void remove(ServiceUser user) {
        remove("users", user.id());
    }

    /** Where a service keeps its data. */
    Path dataOf(String service) {
        return data.resolve(service);
    }

    /** Where a service's log is. */
    Path logOf(String service) {
        return logs.resolve(service + ".log");
    }

    /**
     * Whether the data of a service is complete: made, and its init scripts have run.
     *
     * @param identity tells this data from other data, see {@link dev.tideline.maven.provider.Provider#dataIdentity}
     */
    boolean isFurnished(ServiceRecord record, String identity) {
        try {
            return Files.readString(furnishedMark(record)).equals(identity);
        } catch (IOException absent) {
            return false;
        }
    }

    void markFurnished(ServiceRecord record, String identity) {
        try {
            Files.createDirectories(data);
            Files.writeString(furnishedMark(record), identity);
            Files.deleteIfExists(unfinishedMark(record));
        } catch (IOException e) {
            throw cannotWrite(data, e);
        }
    }

    /** Whether the data of a service was begun by a start that did not come to its end. */
    boolean isUnfinished(ServiceRecord record) {
        return Files.exists(unfinishedMark(record));
    }

    /** To be called before fresh data is made, and never for data that was there: it will be deleted. */
    void markUnfinished(ServiceRecord record) {
        try {
            Files.createDirectories(data);
            Files.writeString(unfinishedMark(record), "");
        } catch (IOException e) {
            throw cannotWrite(data, e);
        }
    }

    /** Whether a service has a folder with data here, of whatever origin. */
    boolean hasFolder(ServiceRecord record) {
        return !record.data().toString().isEmpty() && Files.exists(record.data());
    }

    /** Whether services have data that is not in a folder here. */
    boolean hasDataElsewhere() {
        return marks().stream().anyMatch(mark -> mark.getFileName().toString().matches("[^.]+\\.[^.]+\\.[^.]+"));
    }

    /** Deletes the data of one service where the record's provider keeps it, as far as that is here. */
    void deleteData(ServiceRecord record) {
        try {
            FileTree.delete(furnishedMark(record));
            FileTree.delete(unfinishedMark(record));
            if (!record.data().toString().isEmpty()) {
                FileTree.delete(record.data());
            }
        } catch (IOException e) {
            throw cannotWrite(data, e);
        }
    }

    /** Deletes all data of a service, whoever ran it. */
    void deleteData(String service) {
        try {
            for (Path mark : marks()) {
                if (mark.getFileName().toString().startsWith(service + ".")) {
                    Files.deleteIfExists(mark);
                }
            }
            FileTree.delete(dataOf(service));
        } catch (IOException e) {
            throw cannotWrite(data, e);
        }
    }

    void deleteLog(String service) {
        try {
            FileTree.delete(logOf(service));
            FileTree.delete(logs.resolve(service + ".log.1"));
        } catch (IOException e) {
            throw cannotWrite(logs, e);
        }
    }

    /** One for each place of data: another provider's data is other data. */
    private Path furnishedMark(ServiceRecord record) {
        return data.resolve(markOf(record) + FURNISHED);
    }

    private Path unfinishedMark(ServiceRecord record) {
        return data.resolve(markOf(record) + UNFINISHED);
    }

    private static String markOf(ServiceRecord record) {
        boolean inFolder = !record.data().toString().isEmpty();
        return record.service() + (inFolder ? "" : "." + record.provider());
    }

    private List<Path> marks() {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(FURNISHED)
                            || file.toString().endsWith(UNFINISHED))
                    .toList();
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot read " + data + ": " + e + ". It must be readable for this user.", e);
        }
    }

    private <T> List<T> read(String kind, Function<Properties, T> parse) {
        List<T> found = new ArrayList<>();
        if (!Files.isDirectory(root.resolve(kind))) {
            return found;
        }
        try (Stream<Path> files = Files.list(root.resolve(kind)).sorted()) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".properties")) {
                    try (var in = Files.newBufferedReader(file)) {
                        Properties properties = new Properties();
                        properties.load(in);
                        found.add(parse.apply(properties));
                    } catch (NoSuchFileException removedMeanwhile) {
                        // Read without the lock, by the launchpad and by status: that service was just stopped.
                        continue;
                    } catch (RuntimeException damaged) {
                        throw new DevServicesException(
                                file + " is damaged: " + damaged + ". Delete it; if a service of it still runs, the"
                                        + " next start names it.",
                                damaged);
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot read " + root.resolve(kind) + ": " + e + ". It must be readable for this user.", e);
        }
    }

    /** Whole or not at all, since a killed build must not leave half a file. */
    private void write(String kind, String name, Properties properties) {
        try {
            Files.createDirectories(root.resolve(kind));
            StringWriter text = new StringWriter();
            properties.store(text, null);
            Path half = root.resolve(kind).resolve(name + ".half");
            Files.writeString(half, text.toString(), StandardCharsets.UTF_8);
            Files.move(half, file(kind, name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannotWrite(root, e);
        }
    }

    private void remove(String kind, String name) {
        try {
            Files.deleteIfExists(file(kind, name));
        } catch (IOException e) {
            throw cannotWrite(root, e);
        }
    }

    private Path file(String kind, String name) {
        return root.resolve(kind).resolve(name + ".properties");
    }

    private static DevServicesException cannotWrite(Path folder, IOException e) {
        return new DevServicesException(
                "Cannot write below " + folder + ": " + e
                        + ". The folder must be writable for this user and the disk must have space.",
                e);
    }
}
