package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.service.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A build in a process of its own, to be killed: starts the services of a workspace and waits for its end. */
public final class StarterMain {

    private StarterMain() {}

    /**
     * Starts and waits.
     *
     * @param arguments workspace, prefix, provider or {@code custom} for a service of the user's own, and the services with commas between them; a service may be followed by
     *     {@code =} and a folder of init scripts
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        TestWorkspace workspace = new TestWorkspace(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        boolean inContainer = arguments[2].equals("docker");
        List<ServiceSpec> services = Stream.of(arguments[3].split(","))
                .map(text -> spec(text, inContainer))
                .toList();
        System.out.println("starting");
        RecordingProgress progress = new RecordingProgress();
        if (arguments[2].equals("custom")) {
            workspace.startCustom(progress, "killed", TestEngine.custom(arguments[3]));
            System.out.println("started");
            System.in.read();
            return;
        }
        DevServices devServices = inContainer
                ? new DockerWorkspace(workspace, TestEngine::address).services(progress)
                : workspace.services(progress);
        devServices.start(TestWorkspace.request("killed", services));
        System.out.println("started");
        System.in.read();
    }

    private static ServiceSpec spec(String text, boolean inContainer) {
        String[] parts = text.split("=", 2);
        List<Path> scripts = parts.length > 1 ? List.of(Path.of(parts[1])) : List.of();
        String image = inContainer ? TestEngine.image(parts[0]) : "";
        return new ServiceSpec(parts[0], "", image, Map.of(), Map.of(), List.of(), Map.of(), scripts, false);
    }
}
