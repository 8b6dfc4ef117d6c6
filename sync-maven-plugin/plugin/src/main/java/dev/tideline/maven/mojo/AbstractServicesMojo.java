package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.workspace.WorkspaceServices;
import dev.tideline.ports.EphemeralRange;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.PortConfigException;
import dev.tideline.ports.PrefixInputs;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.PrefixResolver;
import dev.tideline.ports.ServicePort;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;

/** The common part of all goals: workspace, ports, and the place of their state. */
abstract class AbstractServicesMojo extends AbstractMojo {

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    private RepositorySystem repositorySystem;

    /**
     * The leading digits of every port, 11 to 654, or {@code auto}. The first that is set:
     * {@code -Dtideline.portPrefix}, this parameter, the environment variable {@code TIDELINE_PORT_PREFIX}, the file
     * {@code .tideline/port-prefix} of the workspace, 81.
     */
    @Parameter(property = "tideline.portPrefix")
    private String portPrefix;

    /**
     * What runs the services: {@code embedded} (processes of this machine), {@code docker} (containers; missing images
     * are pulled), or {@code auto}: docker if an engine answers and has all images, else embedded. Running services are
     * found and stopped whatever the provider.
     */
    @Parameter(property = "tideline.provider", defaultValue = "auto")
    private String provider;

    /**
     * Folder for the services' data, one folder each. Default: {@code .tideline/<prefix>/data} of the workspace. A
     * relative path starts at the directory Maven was called in.
     */
    @Parameter(property = "tideline.dataDirectory")
    private String dataDirectory;

    /**
     * Folder for the services' logs, {@code <service>.log}. Default: {@code .tideline/<prefix>/logs} of the workspace. A
     * relative path starts at the directory Maven was called in.
     */
    @Parameter(property = "tideline.logDirectory")
    private String logDirectory;

    /**
     * Ports of the workspace's block for programs of the project's own, name and two-digit suffix:
     * {@code <shop>40</shop>}. Exported like those of the table, as {@code tideline.port.shop}. On the command line:
     * {@code -Dtideline.extraPorts=shop:40,admin-ui:41}.
     */
    @Parameter
    private Map<String, String> extraPorts;

    private WorkspacePorts ports;

    @Override
    public final void execute() throws MojoFailureException {
        try {
            KnownParameters known =
                    KnownParameters.of(execution.getMojoDescriptor().getPluginDescriptor(), pom());
            known.checkTyped(session.getUserProperties());
            known.checkPom(pom());
            run();
        } catch (DevServicesException | PortConfigException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }

    /** Does the goal's work; problems for the user are thrown as exceptions of the packages below. */
    abstract void run();

    final MavenSession session() {
        return session;
    }

    final MavenProject project() {
        return project;
    }

    /** The plugin's configuration in the POM; null on a command line without one. */
    private Plugin pom() {
        return project == null ? null : project.getPlugin(execution.getGroupId() + ":" + execution.getArtifactId());
    }

    final boolean isFromCommandLine() {
        return execution.getSource() == MojoExecution.Source.CLI;
    }

    final ServiceCatalogue catalogue() {
        return workspaceServices().catalogue();
    }

    /** The value given with -D, else the one in the POM. */
    final String typedOr(String name, String configured) {
        String typed = session.getUserProperties().getProperty("tideline." + name);
        return typed == null || typed.isBlank() ? configured : typed.strip();
    }

    final boolean typedOr(String name, boolean configured) {
        return yesOrNo(name, typedOr(name, Boolean.toString(configured)));
    }

    /** Java treats everything but "true" as false, which would turn "yes" into no. */
    static boolean yesOrNo(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new DevServicesException(name + " is '" + value + "'. Give true or false.");
        };
    }

    final Workspace workspace() {
        return Workspace.locate(Path.of(session.getExecutionRootDirectory()));
    }

    final String configuredPrefix() {
        // With -D, Maven sets the parameter, too; the resolver must see where the value comes from.
        String typed = session.getUserProperties().getProperty(PrefixInputs.PROPERTY);
        return portPrefix != null && portPrefix.equals(typed) ? null : portPrefix;
    }

    final synchronized WorkspacePorts ports() {
        if (ports == null) {
            Workspace workspace = workspace();
            ports = new WorkspacePorts(
                    workspace,
                    new PrefixResolver(PrefixRegistry.userLevel())
                            .resolve(
                                    workspace,
                                    PrefixInputs.of(session.getUserProperties(), configuredPrefix(), System.getenv())),
                    ExtraPorts.table(ExtraPorts.of(workspace, extraPorts())));
            EphemeralRange.current().warning(ports.prefix()).ifPresent(getLog()::warn);
        }
        return ports;
    }

    /** The ports that the project adds, as configured now. */
    final List<ServicePort> extraPorts() {
        String typed = typedOr("extraPorts", (String) null);
        List<ServicePort> given = ExtraPorts.of(
                typed == null ? extraPorts == null ? Map.<String, String>of() : extraPorts : PairList.of(typed));
        return ExtraPorts.withPlacesFor(customServices(), workspace(), given);
    }

    /** Names of the project's own services, each of which needs a port. */
    List<String> customServices() {
        return List.of();
    }

    final StateFolder state() {
        StateFolder usual = StateFolder.of(workspace(), ports().prefix());
        return new StateFolder(
                usual.root(),
                folder(typedOr("dataDirectory", dataDirectory), usual.data()),
                folder(typedOr("logDirectory", logDirectory), usual.logs()));
    }

    final String provider() {
        return provider;
    }

    /** For goals that start nothing: the records name the provider. */
    final DevServices services() {
        return workspaceServices().services();
    }

    final WorkspaceServices workspaceServices() {
        return workspaceServices(new LogProgress(getLog()));
    }

    final WorkspaceServices workspaceServices(Progress progress) {
        SessionArtifacts artifacts = new SessionArtifacts(
                repositorySystem, session.getRepositorySession(), project.getRemotePluginRepositories());
        return new WorkspaceServices(ports(), state(), artifacts, progress, session.isOffline());
    }

    private Path folder(String given, Path usual) {
        return given == null || given.isBlank()
                ? usual
                : Path.of(session.getExecutionRootDirectory()).resolve(given).normalize();
    }
}
