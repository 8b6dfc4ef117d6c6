package dev.tideline.testkit;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The last log lines of a workspace's services. Services may be older than the test, and so may their logs. */
final class ServiceLogs {
    private static final int LINES = 10;
    private static final int READ_BYTES = 16 * 1024;

    /** How Postgres and Tideline's own servers begin a line. */
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)([-+]\\d{4})?.*");

    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]xx");

    private ServiceLogs() {}

    /** The lines since then of each file that ends in {@code .log}, under its name. */
    static List<String> lastLines(Path folder, Instant since) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                List<String> tail = tail(file, since);
                if (!tail.isEmpty()) {
                    lines.add(file.getFileName() + ":");
                    tail.forEach(line -> lines.add("  " + line));
                }
            }
        }
        return lines;
    }

    private static List<String> tail(Path file, Instant since) throws IOException {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
            return List.of();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - READ_BYTES));
            byte[] end = Channels.newInputStream(channel).readNBytes(READ_BYTES);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            int begin = Math.max(lines.size() - LINES, firstSince(lines, since));
            return lines.subList(begin, lines.size());
        }
    }

    /** A line without a time belongs to the one before. */
    private static int firstSince(List<String> lines, Instant since) {
        int first = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (time(lines.get(i)).filter(time -> time.isBefore(since)).isPresent()) {
                first = i + 1;
            }
        }
        while (first > 0 && first < lines.size() && time(lines.get(first)).isEmpty()) {
            first++;
        }
        return first;
    }

    private static Optional<Instant> time(String line) {
        Matcher time = TIME.matcher(line);
        if (!time.matches()) {
            return Optional.empty();
        }
        String local = time.group(1) + "T" + time.group(2);
        return Optional.of(
                time.group(3) == null
                        ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC)
                        : OffsetDateTime.parse(local + time.group(3), WITH_OFFSET)
                                .toInstant());
    }
}
