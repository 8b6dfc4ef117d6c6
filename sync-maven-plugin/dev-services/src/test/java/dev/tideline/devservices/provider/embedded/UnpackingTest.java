package dev.tideline.devservices.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    @TempDir
    Path folder;

    @Test
    void tar_and_java_unpack_the_same_files_links_and_permissions() throws Exception {
        Path byProgram = folder.resolve("by program");
        Path byJava = folder.resolve("by Java");
        try (ZipFile jar = new ZipFile(Path.of("target/postgres-jars")
                .resolve(PostgresPlatform.current().artifactId() + "-" + PostgresVersions.newest() + ".jar")
                .toFile())) {
            var archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = jar.getInputStream(archive)) {
                assumeTrue(TarProgram.extract(in, byProgram), "tar and xz are not installed");
            }
            try (InputStream in = jar.getInputStream(archive)) {
                TxzArchive.extract(in, byJava);
            }
        }
        assertThat(contents(byProgram)).isEqualTo(contents(byJava)).containsKey("bin/initdb");
    }

    @Test
    void what_is_no_archive_is_left_to_java_which_says_so() throws IOException {
        assertThat(TarProgram.extract(new ByteArrayInputStream(new byte[1 << 20]), folder.resolve("nothing")))
                .isFalse();
    }

    /** Each file with its size, whether it is executable, and where it leads if it is a link. */
    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isSymbolicLink(file)) {
                    all.put(root.relativize(file).toString(), "-> " + Files.readSymbolicLink(file));
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    all.put(root.relativize(file).toString(), Files.size(file) + " " + Files.isExecutable(file));
                }
            }
        }
        return all;
    }
}
