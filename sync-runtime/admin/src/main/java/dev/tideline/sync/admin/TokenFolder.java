package dev.tideline.sync.admin;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a generated token: below {@code $HOME}, else below the home in the system's user database. For a user
 * without an entry there, Java reports {@code ?} as home, which would be a folder wherever the process was started.
 *
 * @param home the environment variable, or null
 * @param systemHome what Java reports
 */
record TokenFolder(String home, String systemHome) {

    static TokenFolder ofThisProcess(Map<String, String> environment) {
        return new TokenFolder(environment.get("HOME"), System.getProperty("user.home"));
    }

    Optional<Path> path() {
        return Stream.of(Optional.ofNullable(home), Optional.ofNullable(systemHome))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst()
                .map(folder -> folder.resolve(".tideline"));
    }
}
