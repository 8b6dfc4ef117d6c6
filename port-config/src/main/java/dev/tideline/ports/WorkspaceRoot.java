package dev.tideline.ports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The walk from a directory up to the root of its workspace; the rules stand at {@link Workspace#locate}. */
final class WorkspaceRoot {
    private WorkspaceRoot() {}

    static Path of(Path start) {
        // Nearest marker, whatever its kind: a worktree nested in its main checkout must not fall to the checkout's
        // .tideline, which is older and further up.
        for (Path dir = start; dir != null; dir = dir.getParent()) {
            if (isMarked(dir)) {
                return dir;
            }
        }
        Path outermost = start;
        for (Path dir = start; dir != null && Files.isRegularFile(dir.resolve("pom.xml")); dir = dir.getParent()) {
            outermost = dir;
        }
        return outermost;
    }

    private static boolean isMarked(Path dir) {
        return Files.isDirectory(dir.resolve(Workspace.STATE_DIRECTORY))
                || Files.isDirectory(dir.resolve(".mvn"))
                || isTopOfCheckout(dir.resolve(".git"));
    }

    private static boolean isTopOfCheckout(Path git) {
        if (Files.isDirectory(git)) {
            return true;
        }
        if (!Files.isRegularFile(git)) {
            return false;
        }
        try {
            // "gitdir: …/.git/modules/name" is a submodule, "gitdir: …/.git/worktrees/name" a worktree. A worktree of
            // a submodule has both, and is a checkout of its own.
            String target = Files.readString(git, StandardCharsets.ISO_8859_1).replace('\\', '/');
            return !target.contains("/modules/") || target.contains("/worktrees/");
        } catch (IOException e) {
            // A file that cannot be read still marks a checkout; most of them are no submodules.
            return true;
        }
    }
}
