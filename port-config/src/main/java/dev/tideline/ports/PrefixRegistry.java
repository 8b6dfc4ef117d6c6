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
 * The user's memory of which workspace uses which prefix. It is a small text file, changed under a file lock, so that any
 * number of processes may use it at once. Entries of workspaces whose directory is gone are dropped with the next
 * change. Thread-safe.
 */
public final class PrefixRegistry {
    /** System property that names the registry's directory, before {@code XDG_STATE_HOME} is asked. */
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
     * The user's registry: in the directory that the system property {@value #DIRECTORY_PROPERTY} names, else
     * {@code $XDG_STATE_HOME/tideline}, else {@code ~/.local/state/tideline}. Nothing is read or written yet. For a user
     * who has none of these, it is empty and cannot be written.
     *
     * @return a registry
     */
    public static PrefixRegistry userLevel() {
        return in(directory(System.getProperty(DIRECTORY_PROPERTY), UserFolders.ofThisProcess()));
    }

    /**
     * A registry in a directory of its own.
     *
     * @param directory created when needed
     * @return a registry
     */
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
     * Where the entries are kept.
     *
     * @return the file; it may not exist yet
     * @throws PortConfigException if this user has no place for it
     */
    public Path file() {
        return file.path().orElseThrow(UnusableRegistryException::noHome);
    }

    /** @return the directory of {@link #file()}; empty for a user who has no place for it */
    public Optional<Path> directory() {
        return file.path().map(Path::getParent);
    }

    /**
     * The automatic prefix of a workspace: the one it had before, or a new one whose hundred ports are all free and that
     * no other workspace has an entry for.
     *
     * @param workspace who asks
     * @return the prefix, remembered from now on
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
     * Notes that a workspace uses a prefix, however chosen, so that {@code auto} keeps off it and the workspace can be
     * listed. An automatic prefix stays automatic. Nobody needs this to use the prefix, so a registry that cannot be
     * written is told and does not fail.
     *
     * @param workspace who uses it
     * @param prefix the prefix in use
     * @return why it could not be noted and what follows from that, for people; empty if it was noted
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
     * Forgets a workspace with all its prefixes.
     *
     * @param workspace who needs none any more
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
     * The workspaces of this user whose directories exist.
     *
     * @return by prefix, then path
     * @throws PortConfigException if there is a registry that cannot be read
     */
    public List<RegisteredWorkspace> list() {
        return List.copyOf(existing(file.read()));
    }

    /**
     * A prefix to offer: its ports are free at this moment and no other workspace has an entry for it. Claims nothing.
     *
     * @param workspace for whom
     * @return a prefix, or empty if there is none
     */
    public OptionalInt suggest(Workspace workspace) {
        return free(existing(file.read()), workspace);
    }

    /**
     * The other workspace that last used a prefix.
     *
     * @param prefix the prefix
     * @param except the workspace that asks
     * @return the entry of another workspace, the most recent one
     */
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

    /** Certainly gone, that is: a directory that cannot be looked at just now keeps its prefix. */
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
