package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.Doctor;
import dev.tideline.devservices.service.ServiceSpec;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;

/** Checks everything that services need on this machine and says what is wrong and what to do. Changes nothing. */
@Mojo(name = "doctor", requiresProject = false, aggregator = true, threadSafe = true)
public class DoctorMojo extends AbstractServicesMojo {

    @Override
    void run() {
        Doctor.Report report = new Doctor(ports(), state(), services(), catalogue(), this::obstacleToDocker).examine();
        report.findings().forEach(finding -> {
            if (finding.healthy()) {
                getLog().info("ok    " + finding.text());
            } else {
                getLog().warn("WRONG " + finding.text());
            }
        });
        if (!report.healthy()) {
            throw new DevServicesException("The doctor found "
                    + report.findings().stream().filter(f -> !f.healthy()).count()
                    + " problem(s); each is described above, with what to do.");
        }
    }

    private Optional<String> obstacleToDocker() {
        return workspaceServices()
                .obstacleToDocker(
                        catalogue().names().stream().map(ServiceSpec::of).toList());
    }
}
