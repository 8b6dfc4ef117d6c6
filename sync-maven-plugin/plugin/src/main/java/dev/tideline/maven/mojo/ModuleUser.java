package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.ServiceUser;
import java.util.List;
import org.apache.maven.project.MavenProject;

/** A module of this build as a user of services: modules may run in parallel, and none may stop those of another. */
final class ModuleUser {

    private ModuleUser() {}

    static ServiceUser of(MavenProject project, List<String> services) {
        String id = project.getArtifactId().replaceAll("[^A-Za-z0-9]", "-") + "-"
                + Integer.toHexString(String.valueOf(project.getBasedir()).hashCode());
        return ServiceUser.build(id, "the build of " + project.getArtifactId(), services);
    }
}
