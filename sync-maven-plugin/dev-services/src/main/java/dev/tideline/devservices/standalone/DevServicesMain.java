package dev.tideline.devservices.standalone;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.Exports;
import dev.tideline.devservices.lifecycle.ServiceStatus;
import dev.tideline.devservices.lifecycle.ServiceUser;
import dev.tideline.devservices.lifecycle.StartRequest;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSelection;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.workspace.ProviderChoice;
import dev.tideline.devservices.workspace.Watch;
import dev.tideline.devservices.workspace.WorkspaceServices;
import dev.tideline.ports.PortConfigException;
import dev.tideline.ports.PortFormat;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The services from a command line: {@code start}, {@code stop}, {@code status} or {@code run}, then options, each
 * {@code --name=value}. They are those of the Maven plugin, in the same folders: either can stop what the other
 * started.
 *
 * <p>Exit code 0: done. 1: the work failed. 2: the command or an option is wrong.
 */
public final class DevServicesMain {

    private static final String USAGE =
            "Give a command: start, stop, status or run. Options: --services=postgres:16,mail"
                    + " --provider=auto|embedded|docker --port-prefix=91 --workspace=DIR --output=DIR --start-timeout=60 --fast"
                    + " --local-repository=DIR --remote-repository=URL --offline";

    private final StandaloneOptions options;
    private final WorkspaceServices workspace;
    private final PrintStream out;

    private DevServicesMain(StandaloneOptions options, PrintStream out) {
        this.options = options;
        this.workspace = options.workspaceServices(out);
        this.out = out;
    }

    public static void main(String... words) {
        System.exit(run(System.out, System.err, words));
    }

    private static int run(PrintStream out, PrintStream err, String... words) {
        try {
            String command = words.length == 0 ? "" : words[0];
            if (Arrays.asList(words).contains("--help")) {
                out.println(USAGE);
                return 0;
            }
            StandaloneOptions options =
                    StandaloneOptions.parse(Arrays.copyOfRange(words, Math.min(1, words.length), words.length));
            switch (command) {
                case "start" -> new DevServicesMain(options, out).start(ServiceUser::commandLine);
                case "stop" -> new DevServicesMain(options, out).stop();
                case "status" -> new DevServicesMain(options, out).status();
                case "run" -> new DevServicesMain(options, out).foreground();
                default -> throw new IllegalArgumentException(USAGE);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (DevServicesException | PortConfigException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private List<ServiceRecord> start(Function<List<String>, ServiceUser> user) {
        ServiceCatalogue catalogue = ServiceCatalogue.standard();
        List<ServiceSpec> specs = new ServiceSelection(catalogue, options.durable())
                .select(options.services(), service -> null, List.of());
        ProviderChoice choice = workspace.choice(options.provider(), specs);
        choice.reason().ifPresent(out::println);
        PrefixRegistry.userLevel()
                .record(workspace.ports().workspace(), workspace.ports().prefix())
                .ifPresent(out::println);
        List<String> names = specs.stream().map(ServiceSpec::name).toList();
        List<ServiceRecord> started = workspace
                .services(choice.name(), specs)
                .start(new StartRequest(specs, user.apply(names), options.startTimeout()));
        options.output()
                .ifPresent(
                        folder -> Exports.of(workspace.ports(), specs, started).writeTo(folder));
        return started;
    }

    private void stop() {
        List<String> stopped = workspace.services().stop();
        out.println(stopped.isEmpty() ? nothing() : "Stopped " + String.join(", ", stopped) + ".");
    }

    private void status() {
        List<ServiceStatus> all = workspace.services().status();
        if (all.isEmpty()) {
            out.println(nothing());
        }
        all.forEach(status -> out.println(status.inWords()));
    }

    private void foreground() {
        DevServices services = workspace.services();
        Runtime.getRuntime().addShutdownHook(new Thread(services::releaseThisProcess, "tideline-end"));
        List<ServiceRecord> started =
                start(names -> ServiceUser.build("standalone", "a program in the foreground", names));
        out.print(workspace.ports().render(PortFormat.TABLE));
        out.println("Ctrl-C ends the services.");
        out.println(new Watch(started, services).untilOver());
    }

    private String nothing() {
        Workspace folder = workspace.ports().workspace();
        return "Nothing runs in " + folder.root() + " on prefix "
                + workspace.ports().prefix().value() + ".";
    }
}
