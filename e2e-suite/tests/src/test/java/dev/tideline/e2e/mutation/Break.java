package dev.tideline.e2e.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One behaviour, broken.
 *
 * @param file from the root of the repository
 * @param from stands in it once
 * @param to replaces it
 * @param tests classes of the suite, of which one test at least has to fail
 */
record Break(String name, Path file, String from, String to, List<String> tests) {

    private static final Path ROOT = Path.of("../..");
    private static final String SUITE = "dev.tideline.e2e.";

    static List<Break> all() throws IOException {
        return Arrays.stream(Files.readString(Path.of("src/test/mutations/breaks.txt"))
                        .split("(?m)^== "))
                .skip(1)
                .map(Break::parse)
                .toList();
    }

    private static Break parse(String text) {
        String[] lines = text.split("\n");
        return new Break(
                lines[0],
                Path.of(lines[1]),
                lines[2].substring(2),
                lines[3].substring(1).strip(),
                Arrays.stream(lines[4].split(" ")).map(SUITE::concat).toList());
    }

    /** The text of the file with the break in it. */
    String broken() {
        try {
            String text = Files.readString(ROOT.resolve(file));
            if (text.split(java.util.regex.Pattern.quote(from), -1).length != 2) {
                throw new IllegalStateException(
                        "\"" + from + "\" does not stand once in " + file + ": write the break \"" + name + "\" anew");
            }
            return text.replace(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isJava() {
        return file.toString().endsWith(".java");
    }

    /** Its place among compiled classes. */
    Path inClasses() {
        Path resources = Path.of("src", "main", "resources");
        int start = 0;
        while (!file.subpath(start, start + 3).equals(resources)) {
            start++;
        }
        return file.subpath(start + 3, file.getNameCount());
    }
}
