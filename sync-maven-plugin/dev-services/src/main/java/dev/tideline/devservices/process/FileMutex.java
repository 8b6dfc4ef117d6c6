package dev.tideline.devservices.process;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.loop.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Mutual exclusion by a lock on a file, between processes and between threads of one process. The operating system
 * releases the lock when its holder dies. A file beside it names the holder ({@code <name>.holder}).
 */
public final class FileMutex implements AutoCloseable {

    private final FileChannel channel;
    private final Path holderFile;

    private FileMutex(FileChannel channel, Path holderFile) {
        this.channel = channel;
        this.holderFile = holderFile;
    }

    /**
     * Takes the lock.
     *
     * @param file to lock; created if absent, and never deleted, because that would break the exclusion
     * @param limit how long to wait for another holder
     * @param purpose shown to others who wait for the lock
     * @param onWait called once, if there is a wait, with the holder of the lock
     * @return the lock; close it to release it
     * @throws DevServicesException if another holder keeps it for longer than the limit, or the file cannot be written
     */
    public static FileMutex acquire(Path file, Duration limit, String purpose, Consumer<String> onWait) {
        Path holderFile = file.resolveSibling(file.getFileName() + ".holder");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean[] told = new boolean[1];
            Optional<FileLock> lock = Poll.until(limit, () -> {
                Optional<FileLock> taken = tryLock(channel);
                if (taken.isEmpty() && !told[0]) {
                    told[0] = true;
                    onWait.accept(holder(holderFile));
                }
                return taken;
            });
            if (lock.isEmpty()) {
                channel.close();
                throw new DevServicesException(
                        file + " is locked by " + holder(holderFile) + " and was not released within "
                                + limit.toSeconds() + " s. Wait for that process to end, or end it, then try again.");
            }
            FileMutex mutex = new FileMutex(channel, holderFile);
            // Moved into place, so that a waiting process never reads half of it.
            Path part = file.resolveSibling(file.getFileName() + ".holder.part");
            Files.writeString(part, "pid " + ProcessHandle.current().pid() + " (" + purpose + ")");
            Files.move(part, holderFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return mutex;
        } catch (IOException | UncheckedIOException e) {
            throw new DevServicesException(
                    "Cannot lock " + file + ": " + e + ". " + FailureAdvice.on(e, file.getParent()), e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldByAnotherThread) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String holder(Path holderFile) {
        try {
            return Files.readString(holderFile, StandardCharsets.UTF_8);
        } catch (IOException notWrittenYet) {
            return "another process";
        }
    }

    /** Runs work and releases the lock, also if the work fails. */
    public <T, E extends Exception> T during(Work<T, E> work) throws E {
        try {
            return work.run();
        } finally {
            close();
        }
    }

    @FunctionalInterface
    public interface Work<T, E extends Exception> {

        T run() throws E;
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(holderFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
