package dev.tideline.ports;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes a process that serves a workspace: by the mark in its environment, else because it works in the
 * workspace's {@code .tideline}, else because an argument points there (such as the data directory of Postgres).
 */
final class OwnMarks {
    private static final String MARK = Workspace.ENVIRONMENT_MARK + "=";
    private static final String INSIDE = "/" + Workspace.STATE_DIRECTORY + "/";

    private OwnMarks() {}

    static Optional<Path> workspace(List<String> environment, Optional<Path> directory, List<String> arguments) {
        Optional<Path> marked = environment.stream()
                .filter(variable -> variable.startsWith(MARK) && variable.length() > MARK.length())
                .findFirst()
                .flatMap(variable -> path(variable.substring(MARK.length())));
        return marked.or(() -> directory.flatMap(path -> rootIn(path.toString())))
                .or(() -> arguments.stream()
                        .flatMap(argument -> rootIn(argument).stream())
                        .findFirst());
    }

    /** The absolute path before {@code /.tideline/}, without an option in front of it ({@code --data=/…}). */
    private static Optional<Path> rootIn(String text) {
        String slashes = text.replace('\\', '/') + "/";
        int end = slashes.indexOf(INSIDE);
        if (end <= 0) {
            return Optional.empty();
        }
        String before = slashes.substring(0, end);
        int option = before.startsWith("-") ? before.indexOf('=') : -1;
        return path(before.substring(option + 1));
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
