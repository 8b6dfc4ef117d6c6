package dev.tideline.ports;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The owner of a port, as far as known.
 *
 * @param pid empty if the system does not show the process to this user
 * @param user numeric id of the owning user; empty if unknown
 * @param command the command line, shortened and without secrets; empty if it cannot be read
 * @param workspace root of the workspace that the process serves; empty if it is none of ours
 * @param listening false if the port belongs to an outgoing connection only
 */
public record PortOwner(
        OptionalLong pid, OptionalLong user, Optional<String> command, Optional<Path> workspace, boolean listening) {
    public PortOwner {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(workspace, "workspace");
    }

    /** The owner in words that fit after "is taken by". */
    String inWords(Workspace asking) {
        StringBuilder words = new StringBuilder(listening ? "" : "an outgoing connection of ");
        if (pid.isPresent()) {
            words.append("pid ").append(pid.getAsLong());
        } else if (user.isPresent()) {
            words.append("a process of user ")
                    .append(user.getAsLong())
                    .append(", whose pid only that user or root can see");
        } else {
            words.append("a process that cannot be identified");
        }
        workspace.ifPresent(
                root -> words.append(root.equals(asking.root()) ? " of this workspace" : " of workspace " + root));
        command.ifPresent(line -> words.append(", command: ").append(line));
        return words.toString();
    }
}
