package dev.tideline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heap of a JVM, from its own log of collections: the largest use at the beginning of any of them. Between two
 * collections the use only grows, so only a peak after the last one is missed; garbage is included.
 *
 * @param file where the JVM writes
 */
public record HeapLog(Path file) {

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

    /** The options that make a JVM write it. @param megabytes limit of its heap */
    public List<String> jvmOptions(int megabytes) {
        return List.of("-Xmx" + megabytes + "m", "-Xlog:gc:file=" + file + "::filecount=0");
    }

    /** The peak in megabytes; empty if there was no collection, so that it is unknown. */
    public OptionalLong peak() throws IOException {
        return Files.readAllLines(file).stream()
                .map(COLLECTION::matcher)
                .filter(Matcher::find)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .max();
    }
}
