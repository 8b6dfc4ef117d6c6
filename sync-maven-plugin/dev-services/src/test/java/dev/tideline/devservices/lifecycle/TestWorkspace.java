package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.workspace.WorkspaceServices;
import dev.tideline.ports.ExtraPorts;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.ServicePort;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A workspace with real services. */
public record TestWorkspace(Path root, int prefix) {

    /**
     * One on a prefix that is claimed where {@code auto} claims its own, so that tests and builds that run at the same
     * time get others. The entry goes once the folder is gone.
     */
    public static TestWorkspace at(Path folder) {
        Workspace workspace = Workspace.at(folder);
        return new TestWorkspace(workspace.root(), PrefixRegistry.userLevel().claim(workspace));
    }

    /** One that a registry of the test's own lists too. */
    public static TestWorkspace at(Path folder, PrefixRegistry registry) {
        TestWorkspace made = at(folder);
        registry.record(Workspace.at(made.root), new PortPrefix(made.prefix, "the test"));
        return made;
    }

    public DevServices services(Progress progress) {
        return new DevServices(
                new WorkspacePorts(Workspace.at(root), new PortPrefix(prefix, "the test"), PortTable.standard()),
                state(),
                ServiceCatalogue.standard(),
                embedded(),
                progress);
    }

    /** With all providers and the workspace's own ports, as programs have it. */
    public WorkspaceServices whole(Progress progress, ServiceSpec... custom) {
        List<ServicePort> places = ExtraPorts.withPlacesFor(
                Arrays.stream(custom).map(ServiceSpec::name).toList(), Workspace.at(root), List.of());
        ExtraPorts.remember(Workspace.at(root), places);
        return new WorkspaceServices(
                new WorkspacePorts(Workspace.at(root), new PortPrefix(prefix, "the test"), ExtraPorts.table(places)),
                state(),
                new BuiltArtifacts(),
                progress,
                true);
    }

    /** Starts services of the user's own. */
    public List<ServiceRecord> startCustom(Progress progress, String user, ServiceSpec... custom) {
        return whole(progress, custom).services("embedded", List.of(custom)).start(request(user, List.of(custom)));
    }

    static Provider embedded() {
        return EmbeddedProvider.standard(new BuiltArtifacts());
    }

    public StateFolder state() {
        return StateFolder.at(root.resolve(".tideline").resolve(Integer.toString(prefix)));
    }

    public List<ServiceRecord> start(Progress progress, String user, String... names) {
        List<ServiceSpec> specs =
                Arrays.stream(names).map(name -> spec(name, Map.of())).toList();
        return services(progress).start(request(user, specs));
    }

    public static StartRequest request(String user, List<ServiceSpec> specs) {
        List<String> names = specs.stream().map(ServiceSpec::name).toList();
        return new StartRequest(
                specs,
                user.equals("command line") ? ServiceUser.commandLine(names) : user(user, names),
                Duration.ofSeconds(60));
    }

    public static ServiceUser user(String id, List<String> names) {
        return ServiceUser.build(id, "build " + id, names);
    }

    public static ServiceSpec spec(String name, Map<String, String> settings) {
        return new ServiceSpec(name, "", "", settings, Map.of(), List.of(), Map.of(), List.of(), false);
    }
}
