package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.provider.Providers;
import dev.tideline.devservices.provider.docker.DockerProvider;
import dev.tideline.devservices.provider.docker.EngineAddress;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A workspace whose services are containers. */
record DockerWorkspace(TestWorkspace usual, Supplier<EngineAddress> engine) {

    DevServices services(Progress progress) {
        Provider docker =
                new DockerProvider(engine, usual.root(), usual.prefix(), ServiceCatalogue.standard(), Optional.empty());
        Provider embedded = TestWorkspace.embedded();
        return new DevServices(
                new WorkspacePorts(
                        Workspace.at(usual.root()), new PortPrefix(usual.prefix(), "the test"), PortTable.standard()),
                usual.state(),
                ServiceCatalogue.standard(),
                new Providers(
                        docker,
                        service -> DockerProvider.runs(service) ? docker : embedded,
                        List.of(embedded, docker),
                        List.of(embedded, docker)),
                progress);
    }

    List<ServiceRecord> start(Progress progress, String user, String... names) {
        List<ServiceSpec> specs = Arrays.stream(names)
                .map(name -> TestEngine.spec(name, Map.of()))
                .toList();
        return services(progress).start(TestWorkspace.request(user, specs));
    }

    String container(String service) {
        return "tideline-" + usual.prefix() + "-" + service;
    }
}
