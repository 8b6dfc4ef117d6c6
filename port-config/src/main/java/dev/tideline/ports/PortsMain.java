package dev.tideline.ports;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints the ports of the workspace that the working directory belongs to: {@code java -jar tideline-port-config.jar
 * [table|env|properties|json]}. Exit codes: 0 printed, 2 bad usage or no valid prefix.
 */
public final class PortsMain {
    private PortsMain() {}

    /**
     * @param arguments nothing, or the name of a format
     */
    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8)));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length > 1) {
            err.println("Give at most one format: table, env, properties, json.");
            return 2;
        }
        try {
            PortFormat format = PortFormat.of(arguments.length == 0 ? "table" : arguments[0]);
            WorkspacePorts ports = Workspace.current().ports();
            EphemeralRange.current().warning(ports.prefix()).ifPresent(warning -> err.println("warning: " + warning));
            out.print(ports.render(format));
            out.flush();
            return 0;
        } catch (PortConfigException e) {
            err.println(e.getMessage());
            return 2;
        }
    }
}
