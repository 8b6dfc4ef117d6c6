package dev.tideline.maven.mojo;

import dev.tideline.ports.PortFormat;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Prints the ports of this workspace. For use in a shell: {@code mvn -q -N sync:ports -Dformat=env}. */
@Mojo(name = "ports", requiresProject = false, aggregator = true, threadSafe = true)
public class PortsMojo extends AbstractServicesMojo {

    /** Format: {@code table}, {@code env}, {@code properties} or {@code json}. */
    @Parameter(property = "format", defaultValue = "table")
    private String format;

    @Override
    void run() {
        System.out.print(ports().render(PortFormat.of(format)));
        System.out.flush();
    }
}
