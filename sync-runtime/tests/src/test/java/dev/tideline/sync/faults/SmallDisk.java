package dev.tideline.sync.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own, in memory, that is full soon. Closing it takes it away. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder an empty one; whoever owns it owns the disk
     * @return empty where this process may not mount anything
     */
    static Optional<SmallDisk> mount(Path folder, int megabytes) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid");
        boolean mounted = run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + megabytes + "m,mode=700,uid=" + owner,
                        "tmpfs",
                        folder.toString())
                .isEmpty();
        return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    Path folder() {
        return folder;
    }

    /** Gives it another size, with what is on it. */
    void resize(int megabytes) throws IOException {
        run("mount", "-o", "remount,size=" + megabytes + "m", folder.toString()).ifPresent(error -> {
            throw new IllegalStateException(error);
        });
    }

    /** @return what it says, if it fails */
    private static Optional<String> run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(String.join(" ", command) + ": " + said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public void close() {
        try {
            run("umount", "--lazy", folder.toString()).ifPresent(error -> {
                throw new IllegalStateException(error);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
