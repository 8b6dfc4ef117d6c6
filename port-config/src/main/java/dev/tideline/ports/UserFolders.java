package dev.tideline.ports;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * This user's folders for data that belongs to no workspace, according to the XDG base directory specification. Nothing
 * is read or written here.
 *
 * @param environment variables; those that are not absolute paths are ignored, as the specification demands
 * @param systemHome the home in the system's user database, as Java reports it: {@code ?} for a user without an entry
 * @param system name of the operating system
 */
public record UserFolders(Map<String, String> environment, String systemHome, String system) {

    /** The folders of the user who runs this process. */
    public static UserFolders ofThisProcess() {
        return new UserFolders(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"));
    }

    /** {@code $HOME}, else the home in the system's user database; empty if there is neither. */
    public Optional<Path> home() {
        return Stream.of(variable("HOME"), absolute(systemHome))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The folder for persistent state: {@code $XDG_STATE_HOME/tideline} or {@code ~/.local/state/tideline}. */
    public Optional<Path> state() {
        return in("XDG_STATE_HOME", Path.of(".local", "state"));
    }

    /** The folder for data that can be created again: {@code $XDG_CACHE_HOME/tideline} or the system's default. */
    public Optional<Path> cache() {
        if (system.startsWith("Mac")) {
            return home().map(home -> home.resolve(Path.of("Library", "Caches", "tideline")));
        }
        return in(system.startsWith("Windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME", Path.of(".cache"));
    }

    private Optional<Path> in(String variable, Path below) {
        return variable(variable)
                .or(() -> home().map(home -> home.resolve(below)))
                .map(base -> base.resolve("tideline"));
    }

    private Optional<Path> variable(String name) {
        return absolute(environment.get(name));
    }

    private static Optional<Path> absolute(String path) {
        return Optional.ofNullable(path)
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
