package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/behaviours.md names tests that exist, and all of the end-to-end suite. */
class BehavioursPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TEST =
            Pattern.compile("@(?:Parameterized)?Test\\b(?:\\s*@[^\\n]*)*\\s+void (\\w+)\\(");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Map<String, String> sources = sourcesOfTests();
        List<MatchResult> named = named();
        assertThat(named)
                .hasSizeGreaterThan(100)
                .allSatisfy(match -> assertThat(testsIn(sources.getOrDefault(match.group(1), "")))
                        .as(match.group())
                        .contains(match.group(2)));
    }

    @Test
    void everyTestOfTheSuiteThatSyncsOrMailsIsNamed() throws IOException {
        List<String> named = named().stream()
                .map(match -> match.group(1) + "#" + match.group(2))
                .toList();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<String> tests = files.filter(file -> file.toString().endsWith("IT.java"))
                    .filter(file -> read(file).contains("@EndToEnd"))
                    .filter(file -> !file.getParent().endsWith("directory"))
                    .flatMap(file -> testsIn(read(file)).stream().map(test -> nameOf(file) + "#" + test))
                    .toList();
            assertThat(named).containsAll(tests);
            assertThat(tests).hasSizeGreaterThan(50);
        }
    }

    private static List<MatchResult> named() throws IOException {
        return NAMED.matcher(Files.readString(ROOT.resolve("docs/behaviours.md")))
                .results()
                .toList();
    }

    private static Map<String, String> sourcesOfTests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .collect(Collectors.toMap(
                            BehavioursPageTest::nameOf, BehavioursPageTest::read, (one, other) -> one + other));
        }
    }

    private static List<String> testsIn(String source) {
        return TEST.matcher(source).results().map(match -> match.group(1)).toList();
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
