package dev.tideline.ports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The search from a directory up to the root of its workspace; see {@link Workspace#locate} for the rules. */
final class WorkspaceRoot {
    private WorkspaceRoot() {}

    static Path of(Path start) {
        // The nearest marker of any kind: a worktree nested in its main checkout must not belong to the checkout's
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
            // "gitdir: …/.git/modules/name" is a submodule, "gitdir: …/.git/worktrees/name" a worktree. A worktree of a
            // submodule has both, and is a separate checkout.
            String target = Files.readString(git, StandardCharsets.ISO_8859_1).replace('\\', '/');
            return !target.contains("/modules/") || target.contains("/worktrees/");
        } catch (IOException e) {
            // An unreadable file still marks a checkout; most are no submodules.
            return true;
        }
    }
}
