package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.Exports;
import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.lifecycle.ServiceUser;
import dev.tideline.devservices.lifecycle.StartRequest;
import dev.tideline.devservices.service.InitScripts;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSelection;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.workspace.ProviderChoice;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.maven.plugins.annotations.Parameter;

/** The common part of the goals that start services. */
abstract class AbstractStartMojo extends AbstractServicesMojo {

    /**
     * The services, each a {@code <service>} with {@code <name>} and, if wanted, {@code <version>}, {@code <image>},
     * {@code <settings>}, {@code <environment>}, {@code <databases>}, {@code <roles>} and {@code <initScripts>}; services of
     * your own have {@code <image>}, {@code <port>}, {@code <wait>} and {@code <environment>}. Default: all services of
     * Tideline's. On the command line: {@code -Dtideline.services=postgres:16,mail}, and for the Docker provider
     * {@code -Dtideline.image.<service>=…}.
     */
    @Parameter
    private List<ServiceParameter> services;

    /** How long the start of a service may take, in seconds. */
    @Parameter(property = "tideline.startTimeout", defaultValue = "60")
    private int startTimeout;

    /** Whether services may skip waiting for the disk. Faster, but data may be lost when the machine stops. */
    @Parameter(property = "tideline.fast", defaultValue = "false")
    private boolean fast;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true)
    private File buildDirectory;

    /** Starts the requested services and exports their properties to the build. */
    final List<ServiceRecord> startFor(Function<List<String>, ServiceUser> user, boolean untilEndOfBuild) {
        Properties typed = session().getUserProperties();
        boolean durable = !typedOr("fast", fast);
        List<ServiceSpec> specs = new ServiceSelection(ServiceCatalogue.standard(), durable)
                .select(
                        typed.getProperty("tideline.services"),
                        service -> typed.getProperty("tideline.image." + service),
                        configured(durable));
        specs.forEach(spec -> InitScripts.of(spec).require(folderOfPom()));
        ProviderChoice choice = workspaceServices().choice(typedOr("provider", provider()), specs);
        choice.reason().ifPresent(getLog()::info);
        workspace().rememberPluginPrefix(configuredPrefix());
        ExtraPorts.remember(workspace(), extraPorts());
        PrefixRegistry.userLevel().record(workspace(), ports().prefix()).ifPresent(getLog()::warn);
        List<ServiceRecord> started;
        try (LiveProgress live = Terminal.isInteractive(session()) ? liveProgress() : null) {
            Progress progress = live == null ? new LogProgress(getLog()) : live;
            DevServices devServices = workspaceServices(progress).services(choice.name(), specs);
            if (untilEndOfBuild) {
                EndOfBuild.of(session(), getLog()).include(workspaceServices().services(choice.name(), specs));
            }
            started = devServices.start(new StartRequest(
                    specs, user.apply(specs.stream().map(ServiceSpec::name).toList()), timeout()));
        }
        export(Exports.of(ports(), specs, started));
        return started;
    }

    @Override
    final List<String> customServices() {
        return configured(true).stream()
                .filter(ServiceSpec::isCustom)
                .map(ServiceSpec::name)
                .toList();
    }

    private List<ServiceSpec> configured(boolean durable) {
        return services == null
                ? List.of()
                : services.stream().map(parameter -> parameter.spec(durable)).toList();
    }

    private Path folderOfPom() {
        return project().getBasedir() == null
                ? Path.of(session().getExecutionRootDirectory())
                : project().getBasedir().toPath();
    }

    private LiveProgress liveProgress() {
        return new LiveProgress(new LogProgress(getLog()), System.out);
    }

    private Duration timeout() {
        return timeout(typedOr("startTimeout", Integer.toString(startTimeout)));
    }

    static Duration timeout(String seconds) {
        if (!seconds.matches("[1-9][0-9]{0,4}")) {
            throw new DevServicesException("startTimeout is '" + seconds + "'. Give whole seconds, 1 to 99999.");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private void export(Exports exports) {
        exports.properties().forEach(project().getProperties()::setProperty);
        // Surefire and Failsafe pass user properties to the tests, which find their workspace by this one.
        session()
                .getUserProperties()
                .setProperty(Workspace.PROPERTY, workspace().root().toString());
        Path folder = project().getBasedir() == null
                ? Path.of(session().getExecutionRootDirectory(), "target")
                : buildDirectory.toPath();
        exports.writeTo(folder.resolve("tideline"));
    }
}
