package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.ServiceStatus;
import dev.tideline.devservices.service.ServiceRecord;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Says of each service of this workspace whether it runs and answers, where, and for whom. */
@Mojo(name = "status", requiresProject = false, aggregator = true, threadSafe = true)
public class StatusMojo extends AbstractServicesMojo {

    /** Made by Maven. */
    public StatusMojo() {}

    @Override
    void run() {
        List<ServiceStatus> all = services().status();
        if (all.isEmpty()) {
            getLog().info("Nothing of this workspace runs on prefix "
                    + ports().prefix().value() + ".");
        }
        all.forEach(status -> getLog().info(line(status)));
    }

    private static String line(ServiceStatus status) {
        ServiceRecord record = status.record();
        String pid = record.handle().isPresent() ? ", pid " + record.handle().getAsLong() : "";
        String users = status.users().isEmpty() ? "nobody" : String.join(", ", status.users());
        return record.service() + ": " + status.detail() + ", " + record.version() + " on " + record.portsInWords()
                + " (" + record.provider() + pid + "), for " + users;
    }
}
