package dev.tideline.testkit;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The end of what the services of a workspace logged. */
final class ServiceLogs {
    private static final int LINES = 10;
    private static final int READ_BYTES = 16 * 1024;

    private ServiceLogs() {}

    /** Of each file that ends in {@code .log}, under its name. */
    static List<String> lastLines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                lines.add(file.getFileName() + ":");
                tail(file).forEach(line -> lines.add("  " + line));
            }
        }
        return lines;
    }

    private static List<String> tail(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - READ_BYTES));
            byte[] end = Channels.newInputStream(channel).readNBytes(READ_BYTES);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        }
    }
}
