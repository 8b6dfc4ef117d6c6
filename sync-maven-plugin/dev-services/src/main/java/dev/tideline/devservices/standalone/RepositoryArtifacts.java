package dev.tideline.devservices.standalone;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.embedded.Artifacts;
import dev.tideline.devservices.provider.embedded.BuildVersions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;

/**
 * Artifacts from a local Maven repository; missing ones are downloaded from a remote one, and then stay there. Maven's
 * resolver is loaded for a download only: its classes and the POMs that it reads would be a third of a warm start.
 */
final class RepositoryArtifacts implements Artifacts {

    /** In the jar of each program; the build writes it. */
    static final String RUN_TIME_ARTIFACTS = "META-INF/tideline/run-time-artifacts";

    /** The beginning of a line: group, artifact, version. */
    private static final Pattern ARTIFACT = Pattern.compile(" *([^: ]+):([^: ]+):jar:([^: ]+):.*");

    private final Supplier<Path> local;
    private final Supplier<String> remote;
    private final boolean offline;

    /** Made when it is needed first. Guarded by this. */
    private Resolver resolver;

    private record Resolver(RepositorySystem system, RepositorySystemSession session, RemoteRepository remote) {}

    /**
     * @param local folder of the local repository; not asked for by commands that start nothing
     * @param remote address of the remote one; asked for by downloads only
     * @param offline whether downloads are forbidden
     */
    RepositoryArtifacts(Supplier<Path> local, Supplier<String> remote, boolean offline) {
        this.local = local;
        this.remote = remote;
        this.offline = offline;
    }

    @Override
    public Path jar(String groupId, String artifactId, String version) {
        Path there = local.get()
                .resolve(groupId.replace('.', '/'))
                .resolve(artifactId)
                .resolve(version)
                .resolve(artifactId + "-" + version + ".jar");
        return Files.isRegularFile(there) ? there : download(new DefaultArtifact(groupId, artifactId, "jar", version));
    }

    @Override
    public List<Path> classPath(String artifactId) {
        Path own = jar(BuildVersions.GROUP_ID, artifactId, BuildVersions.tideline());
        try (JarFile jar = new JarFile(own.toFile())) {
            JarEntry list = jar.getJarEntry(RUN_TIME_ARTIFACTS);
            if (list == null) {
                throw new IOException("it does not list what it needs");
            }
            return Stream.concat(
                            Stream.of(own),
                            new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .map(ARTIFACT::matcher)
                                    .filter(Matcher::matches)
                                    .map(found -> jar(found.group(1), found.group(2), found.group(3))))
                    .toList();
        } catch (IOException e) {
            throw new DevServicesException(
                    own + " is damaged, or of another build than this program (" + e.getMessage()
                            + "). Delete it if it was downloaded, or run \"mvn install -DskipTests\" in the clone it comes from.",
                    e);
        }
    }

    private Path download(DefaultArtifact artifact) {
        Resolver resolver = resolver();
        try {
            return resolver.system()
                    .resolveArtifact(
                            resolver.session(), new ArtifactRequest(artifact, List.of(resolver.remote()), null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (RepositoryException e) {
            throw new DevServicesException(
                    "Cannot get " + artifact + ": " + e.getMessage().replaceFirst("\\.$", "") + ". "
                            + (artifact.isSnapshot()
                                    ? "It is not released: run \"mvn install -DskipTests\" in a clone of Tideline, or give"
                                            + " another repository with --local-repository=."
                                    : offline
                                            ? "Run it once without --offline, so that it is downloaded."
                                            : "Check the connection to "
                                                    + resolver.remote().getUrl()
                                                    + ", or give another repository with --remote-repository=."),
                    e);
        }
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
            resolver = new Resolver(
                    system, settings, new RemoteRepository.Builder("central", "default", remote.get()).build());
        }
        return resolver;
    }
}
