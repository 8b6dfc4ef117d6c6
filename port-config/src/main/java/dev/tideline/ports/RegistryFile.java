package dev.tideline.ports;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registry's text file and its lock. Readers need no lock, since the file is replaced in one step. The lock is a
 * separate file, because a lock on the replaced file would disappear with it.
 */
final class RegistryFile {
    private static final String HEADER =
            "# Which workspace uses which port prefix: prefix, how it was chosen, when, the workspace's root.\n";
    private static final Pattern LINE = Pattern.compile("(\\d{2,3}) (auto|given) (\\S+) (.+)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\[\\\\n]");

    private final Optional<Path> directory;

    /** Without a directory, the registry is empty and cannot be written. */
    RegistryFile(Optional<Path> directory) {
        this.directory = directory;
    }

    Optional<Path> path() {
        return directory.map(RegistryFile::fileIn);
    }

    private static Path fileIn(Path directory) {
        return directory.resolve("workspaces");
    }

    /** The result of an update, and the entries to write. */
    record Update<T>(List<RegisteredWorkspace> entries, T result) {}

    List<RegisteredWorkspace> read() {
        return path().map(RegistryFile::read).orElse(List.of());
    }

    private static List<RegisteredWorkspace> read(Path file) {
        try {
            return parsed(lines(file));
        } catch (IOException e) {
            throw UnusableRegistryException.to("read", file, e);
        }
    }

    <T> T update(Function<List<RegisteredWorkspace>, Update<T>> change) {
        return update(directory.orElseThrow(UnusableRegistryException::noHome), change);
    }

    private static <T> T update(Path directory, Function<List<RegisteredWorkspace>, Update<T>> change) {
        Path file = fileIn(directory);
        Path lock = directory.resolve("workspaces.lock");
        // A file lock belongs to the whole JVM and cannot be waited for twice inside it. An interned string is the one
        // object that this class shares with its copies in other class loaders (Maven loads a plugin in several).
        synchronized (("dev.tideline.ports " + lock.toAbsolutePath()).intern()) {
            try {
                Files.createDirectories(lock.getParent());
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = channel.lock()) {
                    List<String> lines = lines(file);
                    Update<T> update = change.apply(parsed(lines));
                    write(file, update.entries(), notUnderstood(lines));
                    return update.result();
                }
            } catch (IOException e) {
                throw UnusableRegistryException.to("write", file, e);
            }
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void write(Path file, List<RegisteredWorkspace> entries, List<String> notUnderstood)
            throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        entries.stream()
                .sorted(Comparator.comparingInt(RegisteredWorkspace::prefix)
                        .thenComparing(entry -> entry.root().toString()))
                .forEach(entry -> text.append(format(entry)).append('\n'));
        notUnderstood.forEach(line -> text.append(line).append('\n'));
        Path next = file.resolveSibling("workspaces.next");
        Files.write(next, text.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<RegisteredWorkspace> parsed(List<String> lines) {
        List<RegisteredWorkspace> entries = new ArrayList<>();
        lines.forEach(line -> parse(line).ifPresent(entries::add));
        return entries;
    }

    /** A newer Tideline may write lines that this one does not know; they are kept. */
    private static List<String> notUnderstood(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .filter(line -> parse(line).isEmpty())
                .toList();
    }

    private static Optional<RegisteredWorkspace> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RegisteredWorkspace(
                    Integer.parseInt(matcher.group(1)),
                    matcher.group(2).equals("auto"),
                    Instant.parse(matcher.group(3)),
                    Path.of(unescaped(matcher.group(4)))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String format(RegisteredWorkspace entry) {
        return entry.prefix() + " " + (entry.automatic() ? "auto" : "given") + " " + entry.usedAt() + " "
                + entry.root().toString().replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> match.group().equals("\\n") ? "\n" : "\\\\");
    }
}
