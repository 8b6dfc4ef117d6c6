package dev.tideline.ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A checkout with its own ports: a clone, a git worktree, or an unpacked project.
 *
 * @param root its top directory, as a real path (symbolic links resolved), so that every way to name it is one
 *     workspace
 */
public record Workspace(Path root) {
    /** System property with the workspace's root; see {@link #current()}. */
    public static final String PROPERTY = "tideline.workspace";
    /**
     * Environment variable of a service that was started for a workspace, so that a collision report can name the
     * workspace, and the launchpad knows whose services it shows. It never decides which workspace a build or test
     * belongs to.
     */
    public static final String ENVIRONMENT_MARK = "TIDELINE_WORKSPACE";
    /** Name of the directory in the root for everything that belongs to this workspace; never committed. */
    public static final String STATE_DIRECTORY = ".tideline";

    /** Takes the root unchanged; use {@link #at} or {@link #locate} for a path that may not be real. */
    public Workspace {
        Objects.requireNonNull(root, "root");
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("The workspace root " + root + " is not absolute.");
        }
    }

    /**
     * The workspace whose root is this very directory.
     *
     * @throws PortConfigException if there is no such directory
     */
    public static Workspace at(Path directory) {
        return new Workspace(realDirectory(directory));
    }

    /**
     * The workspace that a directory belongs to: the nearest of the directory and its ancestors that has
     *
     * <ul>
     *   <li>a directory {@code .tideline} (somebody ran Tideline there, or set a prefix), except directly in the user's
     *       home, where runtimes keep their tokens,
     *   <li>a directory {@code .mvn} (what Maven calls the multi-module project directory),
     *   <li>or {@code .git}: a directory in a clone, a file in a worktree. The {@code .git} file of a submodule does not
     *       count, since a submodule is a part of the checkout around it.
     * </ul>
     *
     * Where there is none, it is the outermost of the unbroken row of ancestors with a {@code pom.xml}, and where the
     * directory has no {@code pom.xml} either, the directory itself.
     *
     * @param start an existing directory inside the workspace, for example a module's base directory
     * @return the workspace
     * @throws PortConfigException if there is no such directory
     */
    public static Workspace locate(Path start) {
        return new Workspace(WorkspaceRoot.of(realDirectory(start)));
    }

    /**
     * The workspace of this process: the system property {@value #PROPERTY} if it is set and not blank, else what
     * {@link #locate} finds from the working directory. The Maven plugin sets the property as a user property of its
     * session, which surefire and failsafe pass to the tests.
     *
     * @throws PortConfigException if the property names no directory
     */
    public static Workspace current() {
        String given = System.getProperty(PROPERTY, "");
        return given.isBlank() ? locate(Path.of("").toAbsolutePath()) : at(Path.of(given.strip()));
    }

    /**
     * {@code .tideline} in the root, for what belongs to this workspace only: prefix, state, logs, data. It may not
     * exist yet.
     */
    public Path stateDirectory() {
        return root.resolve(STATE_DIRECTORY);
    }

    /** {@code .tideline/port-prefix}, in which a user fixes this workspace's prefix. It may not exist. */
    public Path prefixFile() {
        return stateDirectory().resolve("port-prefix");
    }

    /**
     * {@code .tideline/plugin-port-prefix}, in which the Maven plugin keeps the {@code <portPrefix>} of its last start;
     * see {@link #rememberPluginPrefix}. It may not exist.
     */
    public Path pluginPrefixFile() {
        return stateDirectory().resolve("plugin-port-prefix");
    }

    /**
     * The ports of this workspace as this process sees them: system property, the plugin's stored {@code <portPrefix>},
     * environment, prefix file, default; including stored {@link ExtraPorts}. With {@code auto} this may register the
     * workspace.
     *
     * @throws PortConfigException if the prefix is not valid, or {@code auto} finds none
     */
    public WorkspacePorts ports() {
        PrefixResolver resolver = new PrefixResolver(PrefixRegistry.userLevel());
        return new WorkspacePorts(
                this, resolver.resolve(this, PrefixInputs.ofProcess(this)), ExtraPorts.table(ExtraPorts.of(this)));
    }

    /**
     * Stores the plugin's {@code <portPrefix>}, since the tests' JVM cannot read the POM and yet must find the same
     * prefix. The plugin calls this on every start, also with null, so that a value removed from the POM has no effect
     * any more.
     *
     * @param value null or blank deletes it
     * @throws UncheckedIOException if the file cannot be written
     */
    public void rememberPluginPrefix(String value) {
        try {
            if (value == null || value.isBlank()) {
                Files.deleteIfExists(pluginPrefixFile());
            } else {
                Files.createDirectories(stateDirectory());
                Files.writeString(pluginPrefixFile(), value.strip() + "\n", StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + pluginPrefixFile(), e);
        }
    }

    private static Path realDirectory(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException e) {
            throw notADirectory(directory, e);
        }
        throw notADirectory(directory, null);
    }

    private static PortConfigException notADirectory(Path directory, IOException cause) {
        return new PortConfigException(
                "There is no directory " + directory.toAbsolutePath()
                        + " to take as a workspace: give the top directory of a checkout, or one inside it.",
                cause);
    }
}
