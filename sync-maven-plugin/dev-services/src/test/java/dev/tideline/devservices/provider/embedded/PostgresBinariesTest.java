package dev.tideline.devservices.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    Path cache;

    @Test
    void many_at_once_unpack_a_jar_only_once_and_all_see_it_whole() throws Exception {
        Files.createDirectories(cache.resolve("postgres"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<PostgresBinaries> unpack = () -> PostgresBinaries.fromJar(jar(), cache);
            List<Future<PostgresBinaries>> all = threads.invokeAll(List.of(unpack, unpack, unpack, unpack));
            for (Future<PostgresBinaries> one : all) {
                assertThat(one.get().major()).isEqualTo(18);
                assertThat(one.get()).isEqualTo(all.get(0).get());
            }
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> folders = Files.list(cache.resolve("postgres")).filter(Files::isDirectory)) {
            assertThat(folders).hasSize(1);
        }
    }

    @Test
    void what_a_killed_extraction_left_is_swept() throws Exception {
        PostgresBinaries once = PostgresBinaries.fromJar(jar(), cache);
        Path half = once.home().resolveSibling(once.home().getFileName() + ".killed");
        Files.move(once.home(), half);

        PostgresBinaries again = PostgresBinaries.fromJar(jar(), cache);

        assertThat(again.major()).isEqualTo(18);
        assertThat(half).doesNotExist();
    }

    @Test
    void a_jar_without_binaries_is_reported() throws Exception {
        Path jar = cache.resolve("other.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertThatThrownBy(() -> PostgresBinaries.fromJar(jar, cache))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "Cannot unpack the Postgres binaries " + jar + " below " + cache
                                + ": java.util.zip.ZipException: it has no .txz entry. Delete the jar, so that it is downloaded again.");
    }

    @Test
    void a_major_that_was_not_copied_is_reported() {
        assertThatThrownBy(() -> PostgresBinaries.in(cache, 12))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("There is no " + PostgresPlatform.current().artifactId() + "-12.*.jar in " + cache
                        + ". Have maven-dependency-plugin copy it there before the tests run.");
    }

    private static Path jar() {
        return Path.of("target/postgres-jars")
                .resolve(PostgresPlatform.current().artifactId() + "-" + PostgresVersions.newest() + ".jar");
    }
}
