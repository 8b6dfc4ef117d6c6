package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.embedded.Artifacts;
import dev.tideline.devservices.provider.embedded.BuildVersions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;

/** Artifacts from the reactor and the build's repositories; after the first run from the local one, also offline. */
record SessionArtifacts(RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories)
        implements Artifacts {

    private static final Set<String> AT_RUN_TIME = Set.of("compile", "runtime");

    @Override
    public Path jar(String groupId, String artifactId, String version) {
        Artifact artifact = new DefaultArtifact(groupId, artifactId, "jar", version);
        try {
            return system.resolveArtifact(session, new ArtifactRequest(artifact, repositories, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (RepositoryException e) {
            throw cannotGet(artifact, e);
        }
    }

    @Override
    public List<Path> classPath(String artifactId) {
        Artifact artifact = new DefaultArtifact(BuildVersions.GROUP_ID, artifactId, "jar", BuildVersions.tideline());
        CollectRequest wanted = new CollectRequest(new Dependency(artifact, "runtime"), repositories);
        DependencyFilter atRunTime = (node, parents) -> node.getDependency() != null
                && AT_RUN_TIME.contains(node.getDependency().getScope());
        try {
            return system
                    .resolveDependencies(session, new DependencyRequest(wanted, atRunTime))
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(found -> found.getFile().toPath())
                    .toList();
        } catch (RepositoryException e) {
            throw cannotGet(artifact, e);
        }
    }

    private DevServicesException cannotGet(Artifact artifact, RepositoryException cause) {
        return new DevServicesException(
                "Cannot get " + artifact + ": " + cause.getMessage() + "\n"
                        + (session.isOffline()
                                ? "Run the build once without -o, so that it is downloaded."
                                : "Check the version and the connection to the repositories."),
                cause);
    }
}
