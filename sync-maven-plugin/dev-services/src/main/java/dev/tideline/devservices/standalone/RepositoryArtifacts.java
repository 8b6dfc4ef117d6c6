package dev.tideline.devservices.standalone;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.embedded.Artifacts;
import dev.tideline.devservices.provider.embedded.BuildVersions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** Artifacts from a local Maven repository; missing ones are downloaded from a remote one, and then stay there. */
final class RepositoryArtifacts implements Artifacts {

    private final Supplier<Path> local;
    private final boolean offline;
    private final List<RemoteRepository> remote;

    /** Made when it is needed first. Guarded by this. */
    private Resolver resolver;

    private record Resolver(RepositorySystem system, RepositorySystemSession session) {}

    /**
     * @param local folder of the local repository; not asked for by commands that start nothing
     * @param remote address of the remote one
     * @param offline whether downloads are forbidden
     */
    RepositoryArtifacts(Supplier<Path> local, String remote, boolean offline) {
        this.local = local;
        this.offline = offline;
        this.remote = List.of(new RemoteRepository.Builder("central", "default", remote).build());
    }

    private synchronized Resolver resolver() {
        if (resolver == null) {
            LocalRepository folder = new LocalRepository(local.get().toFile(), "simple");
            RepositorySystem system = new RepositorySystemSupplier().get();
            DefaultRepositorySystemSession settings = MavenRepositorySystemUtils.newSession();
            settings.setOffline(offline);
            settings.setSystemProperties(System.getProperties());
            // "simple": whatever is there counts, whichever repository it once came from.
            settings.setLocalRepositoryManager(system.newLocalRepositoryManager(settings, folder));
            resolver = new Resolver(system, settings);
        }
        return resolver;
    }

    @Override
    public Path jar(String groupId, String artifactId, String version) {
        Artifact artifact = new DefaultArtifact(groupId, artifactId, "jar", version);
        try {
            Resolver found = resolver();
            return path(found.system().resolveArtifact(found.session(), new ArtifactRequest(artifact, remote, null)));
        } catch (RepositoryException e) {
            throw cannotGet(artifact, e);
        }
    }

    @Override
    public List<Path> classPath(String artifactId) {
        Artifact artifact = new DefaultArtifact(BuildVersions.GROUP_ID, artifactId, "jar", BuildVersions.tideline());
        CollectRequest wanted = new CollectRequest(new Dependency(artifact, "runtime"), remote);
        try {
            Resolver found = resolver();
            return found
                    .system()
                    .resolveDependencies(
                            found.session(),
                            new DependencyRequest(wanted, DependencyFilterUtils.classpathFilter("runtime")))
                    .getArtifactResults()
                    .stream()
                    .map(RepositoryArtifacts::path)
                    .toList();
        } catch (RepositoryException e) {
            throw cannotGet(artifact, e);
        }
    }

    private static Path path(ArtifactResult result) {
        return result.getArtifact().getFile().toPath();
    }

    private DevServicesException cannotGet(Artifact artifact, RepositoryException cause) {
        return new DevServicesException(
                "Cannot get " + artifact + ": " + cause.getMessage() + ". "
                        + (offline
                                ? "Run it once without --offline, so that it is downloaded."
                                : "Check the connection to " + remote.get(0).getUrl()
                                        + ", or give another repository with --remote-repository=."),
                cause);
    }
}
