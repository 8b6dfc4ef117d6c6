package dev.tideline.devservices.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mount point.
 *
 * @param path its root
 * @param options for example {@code rw}, {@code noexec}
 */
public record MountedFolder(Path path, List<String> options) {

    private static final Path TABLE = Path.of("/proc/self/mounts");

    /** The file system of a file; empty on systems without a mount table (not Linux). */
    public static Optional<MountedFolder> of(Path file) {
        try (Stream<String> lines = Files.lines(TABLE)) {
            Path real = file.toRealPath();
            return lines.map(line -> line.split(" "))
                    .map(fields -> new MountedFolder(Path.of(unescaped(fields[1])), List.of(fields[3].split(","))))
                    .filter(mounted -> real.startsWith(mounted.path))
                    // Of file systems mounted over each other, the last one counts.
                    .reduce((one, other) -> DEPTH.compare(one, other) > 0 ? one : other);
        } catch (IOException noSuchTable) {
            return Optional.empty();
        }
    }

    private static final Comparator<MountedFolder> DEPTH =
            Comparator.comparingInt(mounted -> mounted.path.getNameCount());

    private static String unescaped(String path) {
        return path.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
