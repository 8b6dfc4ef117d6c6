package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A workspace with real services. */
public record TestWorkspace(Path root, int prefix) {

    public DevServices services(Progress progress) {
        return new DevServices(
                new WorkspacePorts(Workspace.at(root), new PortPrefix(prefix, "the test"), PortTable.standard()),
                state(),
                ServiceCatalogue.standard(),
                embedded(),
                progress);
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
