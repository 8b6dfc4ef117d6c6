package dev.tideline.maven.lifecycle;

import java.nio.file.Path;

/** A build in a process of its own, to be killed: starts the services of a workspace and waits for its end. */
public final class StarterMain {

    private StarterMain() {}

    /**
     * Starts and waits.
     *
     * @param arguments workspace, prefix, provider, and the services with commas between them
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        TestWorkspace workspace = new TestWorkspace(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        String[] services = arguments[3].split(",");
        System.out.println("starting");
        if (arguments[2].equals("docker")) {
            new DockerWorkspace(workspace, TestEngine::address).start(new RecordingProgress(), "killed", services);
        } else {
            workspace.start(new RecordingProgress(), "killed", services);
        }
        System.out.println("started");
        System.in.read();
    }
}
