package dev.tideline.ports;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A line of the registry: this workspace uses this prefix. A workspace may use several, one at a time or at once.
 *
 * @param automatic whether {@code auto} chose it; a workspace has at most one such line
 * @param usedAt when it was claimed, or last recorded
 */
public record RegisteredWorkspace(int prefix, boolean automatic, Instant usedAt, Path root) {
    public RegisteredWorkspace {
        Objects.requireNonNull(usedAt, "usedAt");
        Objects.requireNonNull(root, "root");
    }
}
