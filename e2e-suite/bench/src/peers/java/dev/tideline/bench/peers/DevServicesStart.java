package dev.tideline.bench.peers;

import dev.tideline.bench.measure.Part;
import dev.tideline.bench.measure.Sampler;
import dev.tideline.bench.report.Measure;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.Progress;
import dev.tideline.devservices.lifecycle.ServiceUser;
import dev.tideline.devservices.lifecycle.StartRequest;
import dev.tideline.devservices.lifecycle.StateFolder;
import dev.tideline.devservices.process.FileTree;
import dev.tideline.devservices.provider.embedded.Artifacts;
import dev.tideline.devservices.provider.embedded.EmbeddedProvider;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortProbe;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * From the call to start until every embedded service has answered a real request, with the data of an earlier start; beside
 * one Postgres container of Testcontainers, if a Docker engine answers. The first start, for which programs are unpacked and
 * data is made, and the stops have no peer and are told as a note.
 */
public final class DevServicesStart implements Part {

    private static final String CONTAINER = "container";

    /** Where unpacked programs are kept. */
    private static final String CACHE = "tideline.cacheDirectory";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Below the ports that the kernel gives to outgoing connections. */
    private static final int LAST_PREFIX = 320;

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.DEV_SERVICES_START);
    }

    @Override
    public void run(int rounds, Sampler sampler) throws IOException {
        DevServices services = services();
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            sampler.note("skipped: dev_services_start of one Postgres container, since no Docker engine answers");
        }
        String cacheBefore = System.getProperty(CACHE);
        System.setProperty(CACHE, Files.createTempDirectory("tideline-bench-cache-").toString());
        List<Double> stops = new ArrayList<>();
        try {
            double cold = timed(() -> services.start(request()));
            stops.add(timed(services::stop));
            if (docker) {
                container();
            }
            for (int round = 1; round <= rounds; round++) {
                sampler.sample(Measure.DEV_SERVICES_START, "tideline", round, timed(() -> services.start(request())));
                stops.add(timed(services::stop));
                if (docker) {
                    sampler.sample(Measure.DEV_SERVICES_START, CONTAINER, round, container());
                }
            }
            sampler.note(String.format(
                    Locale.ROOT,
                    "dev services: first start, with programs to unpack and data to make, %.2f s; slowest of %d stops %.2f s",
                    cold,
                    stops.size(),
                    Collections.max(stops)));
        } finally {
            services.clean();
            FileTree.delete(Path.of(System.getProperty(CACHE)));
            if (cacheBefore == null) {
                System.clearProperty(CACHE);
            } else {
                System.setProperty(CACHE, cacheBefore);
            }
        }
    }

    private static double container() {
        try (PostgreSQLContainer postgres = new PostgreSQLContainer(image())) {
            return timed(postgres::start);
        }
    }

    private static double timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static StartRequest request() {
        List<String> names = ServiceCatalogue.standard().names();
        return new StartRequest(
                names.stream().map(ServiceSpec::of).toList(), ServiceUser.build("bench", "the bench", names), LIMIT);
    }

    /** In a workspace of their own, beside the servers that the bench runs on. */
    private static DevServices services() throws IOException {
        Path root = Files.createTempDirectory("tideline-bench-services-");
        int prefix = IntStream.rangeClosed(PortPrefix.MIN, LAST_PREFIX)
                .filter(new PortProbe()::isBlockFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no free block of ports"));
        return new DevServices(
                new WorkspacePorts(Workspace.at(root), new PortPrefix(prefix, "the bench"), PortTable.standard()),
                StateFolder.at(root.resolve(".tideline").resolve(Integer.toString(prefix))),
                ServiceCatalogue.standard(),
                EmbeddedProvider.standard(new OfTheBench()),
                new Quiet());
    }

    /** Jars of the local repository, where the build has put them when it started the same servers. */
    private static final class OfTheBench implements Artifacts {

        @Override
        public Path jar(String group, String artifact, String version) {
            return Path.of(System.getProperty("bench.repository", System.getProperty("user.home") + "/.m2/repository"))
                    .resolve(group.replace('.', '/'))
                    .resolve(artifact)
                    .resolve(version)
                    .resolve(artifact + "-" + version + ".jar");
        }

        /** The servers are among the bench's own dependencies. */
        @Override
        public List<Path> classPath(String artifact) {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.isBlank())
                    .map(Path::of)
                    .toList();
        }
    }

    /** Nobody watches. */
    private static final class Quiet implements Progress {

        @Override
        public void waiting(String service, String what) {}

        @Override
        public void done(String service, String what) {}

        @Override
        public void note(String message) {}
    }

    /** An image under another name may have been built from Postgres', too. */
    private static DockerImageName image() {
        return DockerImageName.parse(System.getProperty("bench.image", "postgres:18"))
                .asCompatibleSubstituteFor("postgres");
    }
}
