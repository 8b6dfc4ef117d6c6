package dev.tideline.maven.mojo;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.provider.embedded.JarSource;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Jars from the repositories of the build; after the first run from the local one, also offline. */
final class MavenJarSource implements JarSource {

    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;

    MavenJarSource(RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories) {
        this.system = system;
        this.session = session;
        this.repositories = repositories;
    }

    @Override
    public Path jar(String groupId, String artifactId, String version) {
        DefaultArtifact artifact = new DefaultArtifact(groupId, artifactId, "jar", version);
        try {
            return system.resolveArtifact(session, new ArtifactRequest(artifact, repositories, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new DevServicesException(
                    "Cannot get " + artifact + ": " + e.getMessage() + "\n"
                            + (session.isOffline()
                                    ? "Run the build once without -o, so that it is downloaded."
                                    : "Check the version and the connection to the repositories."),
                    e);
        }
    }
}
