package dev.tideline.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The figures for programs: {@code results.json}. */
public final class ResultsFile {

    /** Other subjects are peers of a single measure, only for the table and the page. */
    private static final Set<String> SUBJECTS = Set.of("tideline", "native", "debezium", "row-by-row", "limit", "none");

    private ResultsFile() {}

    /** Writes the file and returns its path. */
    public static Path write(List<Figure> figures, Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(
                folder.resolve("results.json"),
                figures.stream()
                        .filter(figure -> SUBJECTS.contains(figure.subject()))
                        .map(Figure::json)
                        .collect(Collectors.joining(",\n ", "[", "]\n")));
    }
}
