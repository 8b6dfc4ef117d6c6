package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.process.FileTree;
import dev.tideline.devservices.service.ServiceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The services' data in folders, and records about all data, wherever it is stored: whether it is complete, and how it
 * was created. Changed only under the workspace's lock.
 *
 * @param folder of the data folders and records
 */
record ServiceData(Path folder) {

    private static final String FURNISHED = ".furnished";
    private static final String UNFINISHED = ".unfinished";
    private static final String MADE_WITH = ".made-with";
    private static final List<String> KINDS = List.of(FURNISHED, UNFINISHED, MADE_WITH);

    /** The folder of a service's data. */
    Path of(String service) {
        return folder.resolve(service);
    }

    /**
     * Whether the data of a service is complete: created, and its init scripts have run.
     *
     * @param identity distinguishes this data from other data, see {@link
     *     dev.tideline.devservices.provider.Provider#dataIdentity}
     */
    boolean isFurnished(ServiceRecord record, String identity) {
        try {
            return Files.readString(mark(record, FURNISHED)).equals(identity);
        } catch (IOException absent) {
            return false;
        }
    }

    /** How the data of a service was created; empty if that was not recorded. */
    Optional<DataOrigin> origin(ServiceRecord record) {
        try {
            return Optional.of(DataOrigin.ofLines(Files.readAllLines(mark(record, MADE_WITH))));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    void noteOrigin(ServiceRecord record, DataOrigin origin) {
        try {
            Files.createDirectories(folder);
            Files.write(mark(record, MADE_WITH), origin.lines());
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder, e);
        }
    }

    void markFurnished(ServiceRecord record, String identity) {
        try {
            Files.createDirectories(folder);
            Files.writeString(mark(record, FURNISHED), identity);
            Files.deleteIfExists(mark(record, UNFINISHED));
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder, e);
        }
    }

    /** Whether the data of a service was begun by a start that did not finish. */
    boolean isUnfinished(ServiceRecord record) {
        return Files.exists(mark(record, UNFINISHED));
    }

    /** Must be called before fresh data is created, and never for existing data: marked data will be deleted. */
    void markUnfinished(ServiceRecord record) {
        try {
            Files.createDirectories(folder);
            Files.writeString(mark(record, UNFINISHED), "");
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder, e);
        }
    }

    /** Whether a service has a data folder here, of whatever origin. */
    boolean hasFolder(ServiceRecord record) {
        return isInFolder(record) && Files.exists(record.data());
    }

    /** Whether services have data outside of folders here. */
    boolean isKeptElsewhere() {
        return marks().stream().anyMatch(mark -> mark.getFileName().toString().matches("[^.]+\\.[^.]+\\.[^.]+"));
    }

    /** Deletes the data of one service of the record's provider, as far as it is here. */
    void delete(ServiceRecord record) {
        try {
            for (String kind : KINDS) {
                Files.deleteIfExists(mark(record, kind));
            }
            if (isInFolder(record)) {
                FileTree.delete(record.data());
            }
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder, e);
        }
    }

    /** Deletes all data of a service, of every provider. */
    void delete(String service) {
        try {
            for (Path mark : marks()) {
                if (mark.getFileName().toString().startsWith(service + ".")) {
                    Files.deleteIfExists(mark);
                }
            }
            FileTree.delete(of(service));
        } catch (IOException e) {
            throw StateFolder.cannotWrite(folder, e);
        }
    }

    /** One file per provider: another provider's data is other data. */
    private Path mark(ServiceRecord record, String kind) {
        return folder.resolve(record.service() + (isInFolder(record) ? "" : "." + record.provider()) + kind);
    }

    private static boolean isInFolder(ServiceRecord record) {
        return !record.data().toString().isEmpty();
    }

    private List<Path> marks() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> KINDS.stream().anyMatch(file.toString()::endsWith))
                    .toList();
        } catch (IOException e) {
            throw StateFolder.cannotRead(folder, e);
        }
    }
}
