package dev.tideline.devservices.standalone;

import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.workspace.WorkspaceServices;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.PrefixInputs;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.PrefixResolver;
import dev.tideline.ports.UserFolders;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import dev.tideline.web.Arguments;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The options on the command line, with their defaults. */
record StandaloneOptions(Arguments given) {

    private static final Set<String> KNOWN = Set.of(
            "services",
            "provider",
            "port-prefix",
            "workspace",
            "start-timeout",
            "fast",
            "output",
            "local-repository",
            "remote-repository",
            "offline");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /**
     * @throws IllegalArgumentException if an option is unknown or given twice
     */
    static StandaloneOptions parse(String... words) {
        return new StandaloneOptions(Arguments.parse(KNOWN, words));
    }

    String services() {
        return given.text("services").orElse("");
    }

    String provider() {
        return given.text("provider").orElse("auto");
    }

    boolean durable() {
        return !given.flag("fast");
    }

    Duration startTimeout() {
        return Duration.ofSeconds(given.number("start-timeout", START_TIMEOUT.toSeconds()));
    }

    /** The folder for files with the ports. */
    Optional<Path> output() {
        return given.path("output");
    }

    WorkspaceServices workspaceServices(PrintStream out) {
        Workspace workspace = given.path("workspace").map(Workspace::at).orElseGet(Workspace::current);
        PrefixInputs inputs = PrefixInputs.ofProcess(workspace);
        PrefixInputs typed = new PrefixInputs(
                given.text("port-prefix").orElse(inputs.userProperty()),
                inputs.pluginParameter(),
                inputs.environment());
        WorkspacePorts ports = new WorkspacePorts(
                workspace,
                new PrefixResolver(PrefixRegistry.userLevel()).resolve(workspace, typed),
                ExtraPorts.table(ExtraPorts.of(workspace)));
        return new WorkspaceServices(
                ports,
                StateFolder.of(workspace, ports.prefix()),
                new RepositoryArtifacts(this::localRepository, this::remoteRepository, given.flag("offline")),
                new PrintedProgress(out),
                given.flag("offline"));
    }

    private Path localRepository() {
        return given.path("local-repository")
                .or(() -> Optional.ofNullable(System.getProperty("maven.repo.local"))
                        .map(Path::of))
                .or(() -> UserFolders.ofThisProcess().home().map(home -> home.resolve(Path.of(".m2", "repository"))))
                .orElseThrow(() -> new IllegalArgumentException(
                        "This user has no home directory, so there is no ~/.m2/repository. Set HOME, or give"
                                + " --local-repository=DIR."));
    }

    private String remoteRepository() {
        return given.text("remote-repository").orElseGet(MavenCentral::url);
    }
}
