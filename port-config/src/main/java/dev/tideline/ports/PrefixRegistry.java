package dev.tideline.ports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The user's registry of workspaces and their prefixes. It is a small text file, changed under a file lock, so that any
 * number of processes may use it at once. Entries of workspaces whose directory is gone are removed with the next
 * change. Thread-safe.
 */
public final class PrefixRegistry {
    /** System property with the registry's directory; takes precedence over {@code XDG_STATE_HOME}. */
    public static final String DIRECTORY_PROPERTY = "tideline.stateDirectory";

    private final RegistryFile file;
    private final PortProbe probe = new PortProbe();
    private final PrefixCandidates candidates;
    private final Clock clock;

    PrefixRegistry(Path directory, PrefixCandidates candidates, Clock clock) {
        this(new RegistryFile(Optional.of(directory)), candidates, clock);
    }

    private PrefixRegistry(RegistryFile file, PrefixCandidates candidates, Clock clock) {
        this.file = file;
        this.candidates = candidates;
        this.clock = clock;
    }

    /**
     * The user's registry: in the directory of the system property {@value #DIRECTORY_PROPERTY}, else {@code
     * $XDG_STATE_HOME/tideline}, else {@code ~/.local/state/tideline}. Nothing is read or written yet. For a user with
     * none of these, it is empty and cannot be written.
     */
    public static PrefixRegistry userLevel() {
        return in(directory(System.getProperty(DIRECTORY_PROPERTY), UserFolders.ofThisProcess()));
    }

    /** A registry in another directory, which is created when needed. */
    public static PrefixRegistry at(Path directory) {
        return in(Optional.of(directory));
    }

    static PrefixRegistry in(Optional<Path> directory) {
        return new PrefixRegistry(
                new RegistryFile(directory), PrefixCandidates.standard(EphemeralRange.current()), Clock.systemUTC());
    }

    static Optional<Path> directory(String property, UserFolders folders) {
        return property != null && !property.isBlank()
                ? Optional.of(Path.of(property.strip()).toAbsolutePath())
                : folders.state();
    }

    /**
     * The file of the entries; it may not exist yet.
     *
     * @throws PortConfigException if this user has no place for it
     */
    public Path file() {
        return file.path().orElseThrow(UnusableRegistryException::noHome);
    }

    /** The directory of {@link #file()}; empty for a user who has no place for it. */
    public Optional<Path> directory() {
        return file.path().map(Path::getParent);
    }

    /**
     * The automatic prefix of a workspace: its previous one, or a new one whose hundred ports are all free and that no
     * other workspace has an entry for. It is stored from now on.
     *
     * @throws PortConfigException if no prefix is free, or the registry cannot be written
     */
    public int claim(Workspace workspace) {
        OptionalInt known = automatic(file.read(), workspace);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        try {
            return claimNow(workspace).orElseThrow(this::noneFree);
        } catch (UnusableRegistryException e) {
            throw new PortConfigException(
                    e.getMessage() + " A prefix that you choose yourself needs no registry (-D" + PrefixInputs.PROPERTY
                            + "=" + PortPrefix.MIN + " to " + PortPrefix.MAX + ").",
                    e);
        }
    }

    private OptionalInt claimNow(Workspace workspace) {
        return file.update(found -> {
            List<RegisteredWorkspace> entries = existing(found);
            OptionalInt meanwhile = automatic(entries, workspace);
            OptionalInt prefix = meanwhile.isPresent() ? meanwhile : free(entries, workspace);
            prefix.ifPresent(value -> with(entries, workspace, value, true));
            return new RegistryFile.Update<>(entries, prefix);
        });
    }

    /**
     * Records that a workspace uses a prefix, however chosen, so that {@code auto} avoids it and the workspace can be
     * listed. An automatic prefix stays automatic. The prefix can be used without this, so a registry that cannot be
     * written is reported and does not fail.
     *
     * @return why it could not be recorded and what follows from that, for people; empty if it was recorded
     */
    public Optional<String> record(Workspace workspace, PortPrefix prefix) {
        try {
            file.update(found -> {
                List<RegisteredWorkspace> entries = existing(found);
                boolean automatic = automatic(entries, workspace).equals(OptionalInt.of(prefix.value()));
                return new RegistryFile.Update<>(with(entries, workspace, prefix.value(), automatic), prefix);
            });
            return Optional.empty();
        } catch (UnusableRegistryException e) {
            return Optional.of("Other workspaces do not learn that this one uses prefix " + prefix.value() + ": "
                    + e.getMessage());
        }
    }

    /**
     * Removes a workspace with all its prefixes.
     *
     * @throws PortConfigException if the registry cannot be written
     */
    public void release(Workspace workspace) {
        file.update(found -> {
            List<RegisteredWorkspace> entries = existing(found);
            entries.removeIf(entry -> entry.root().equals(workspace.root()));
            return new RegistryFile.Update<>(entries, workspace);
        });
    }

    /**
     * The workspaces of this user whose directories exist, by prefix, then path.
     *
     * @throws PortConfigException if there is a registry that cannot be read
     */
    public List<RegisteredWorkspace> list() {
        return List.copyOf(existing(file.read()));
    }

    /**
     * A prefix to suggest: its ports are free at this moment and no other workspace has an entry for it. Empty if there
     * is none. Claims nothing.
     */
    public OptionalInt suggest(Workspace workspace) {
        return free(existing(file.read()), workspace);
    }

    /** The other workspace that last used a prefix. */
    public Optional<RegisteredWorkspace> lastUser(int prefix, Workspace except) {
        return list().stream()
                .filter(entry -> entry.prefix() == prefix && !entry.root().equals(except.root()))
                .max((a, b) -> a.usedAt().compareTo(b.usedAt()));
    }

    private OptionalInt free(List<RegisteredWorkspace> entries, Workspace workspace) {
        return candidates.inOrderFor(workspace.root()).stream()
                .mapToInt(Integer::intValue)
                .filter(prefix -> entries.stream().noneMatch(entry -> entry.prefix() == prefix))
                .filter(probe::isBlockFree)
                .findFirst();
    }

    private List<RegisteredWorkspace> with(
            List<RegisteredWorkspace> entries, Workspace workspace, int prefix, boolean automatic) {
        entries.removeIf(entry -> entry.prefix() == prefix && entry.root().equals(workspace.root()));
        entries.add(new RegisteredWorkspace(
                prefix, automatic, clock.instant().truncatedTo(ChronoUnit.SECONDS), workspace.root()));
        return entries;
    }

    private static OptionalInt automatic(List<RegisteredWorkspace> entries, Workspace workspace) {
        return entries.stream()
                .filter(entry -> entry.automatic() && entry.root().equals(workspace.root()))
                .mapToInt(RegisteredWorkspace::prefix)
                .findFirst();
    }

    /** Certainly gone, that is: a directory that is temporarily inaccessible keeps its prefix. */
    private static List<RegisteredWorkspace> existing(List<RegisteredWorkspace> entries) {
        List<RegisteredWorkspace> kept = new ArrayList<>(entries);
        kept.removeIf(entry -> Files.notExists(entry.root()));
        return kept;
    }

    private PortConfigException noneFree() {
        return new PortConfigException(
                "No port prefix is free for this workspace: in every block from " + PortPrefix.MIN
                        + "00 to " + PortPrefix.MAX
                        + "99 a port is taken, or another workspace has the prefix. Stop services that"
                        + " are not needed, delete lines of workspaces that need no prefix from "
                        + file()
                        + ", or choose a prefix yourself (-D" + PrefixInputs.PROPERTY + "=…).");
    }
}
