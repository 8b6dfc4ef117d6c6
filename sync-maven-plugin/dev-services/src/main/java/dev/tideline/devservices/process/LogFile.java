package dev.tideline.devservices.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The log of one service.
 *
 * @param path where it is
 */
public record LogFile(Path path) {

    private static final long ROTATE_AT_BYTES = 10_000_000;
    private static final int TAIL_BYTES = 64_000;

    /**
     * Makes the log ready for another run: its folder exists, and a log of more than 10 MB has become {@code <name>.1}.
     *
     * @return the length in bytes, which is where the output of the next run begins
     * @throws IOException if the folder cannot be written
     */
    public long prepare() throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        if (length() > ROTATE_AT_BYTES) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return length();
    }

    /** @return the length in bytes, 0 if there is no log */
    public long length() {
        try {
            return Files.size(path);
        } catch (IOException absent) {
            return 0;
        }
    }

    /**
     * The end of the log.
     *
     * @param lines how many lines at most
     * @param from byte at which the part of interest begins
     * @return the last lines, oldest first; empty if there is no log
     */
    public List<String> tail(int lines, long from) {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            long begin = Math.max(Math.min(from, channel.size()), channel.size() - TAIL_BYTES);
            ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - begin));
            channel.position(begin);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read on
            }
            List<String> all = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException absent) {
            return List.of();
        }
    }
}
