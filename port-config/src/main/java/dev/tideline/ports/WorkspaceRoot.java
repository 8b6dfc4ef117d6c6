package dev.tideline.ports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The search from a directory up to the root of its workspace; see {@link Workspace#locate} for the rules. */
final class WorkspaceRoot {
    private WorkspaceRoot() {}

    static Path of(Path start) {
        return of(start, UserFolders.ofThisProcess().home());
    }

    /**
     * @param home what is in there belongs to the user, such as the token that a runtime makes, and so marks no
     *     workspace: otherwise, all unmarked projects below would share one
     */
    static Path of(Path start, Optional<Path> home) {
        // The nearest marker of any kind: a worktree nested in its main checkout must not belong to the checkout's
        // .tideline, which is older and further up.
        for (Path dir = start; dir != null; dir = dir.getParent()) {
            if (isMarked(dir) || !isHome(dir, home) && Files.isDirectory(dir.resolve(Workspace.STATE_DIRECTORY))) {
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
        return Files.isDirectory(dir.resolve(".mvn")) || isTopOfCheckout(dir.resolve(".git"));
    }

    private static boolean isHome(Path dir, Optional<Path> home) {
        try {
            return home.isPresent() && Files.exists(home.get()) && Files.isSameFile(dir, home.get());
        } catch (IOException e) {
            return false;
        }
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
