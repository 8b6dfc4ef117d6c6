package dev.tideline.devservices.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.embedded.BuildVersions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryArtifactsTest {

    /** Of a user without a home, who can stop and look all the same. */
    private static final Supplier<Path> NONE = () -> {
        throw new IllegalArgumentException("there is no home");
    };

    @TempDir
    Path repository;

    @Test
    void the_local_repository_is_looked_for_when_something_is_needed_of_it() {
        RepositoryArtifacts artifacts = new RepositoryArtifacts(NONE, () -> "http://127.0.0.1:1", true);

        assertThatThrownBy(() -> artifacts.jar("a", "b", "1")).hasMessage("there is no home");
        assertThatThrownBy(() -> artifacts.classPath("b")).hasMessage("there is no home");
    }

    @Test
    void a_class_path_whose_jars_are_all_there_needs_no_remote_repository() throws IOException {
        Path program = program("""

                The following files have been resolved:
                   com.example.some:library:jar:1.2:compile -- module some.library (auto)
                   example:other:jar:3:runtime
                """);
        Path library = put("com/example/some/library/1.2/library-1.2.jar");
        Path other = put("example/other/3/other-3.jar");

        assertThat(artifacts().classPath("tideline-thing")).containsExactly(program, library, other);
    }

    @Test
    void a_jar_that_is_missing_is_looked_for_and_named() throws IOException {
        program("   com.example:library:jar:1.2:compile");

        assertThatThrownBy(() -> artifacts().classPath("tideline-thing"))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith("Cannot get com.example:library:jar:1.2: ")
                .hasMessageEndingWith(". Run it once without --offline, so that it is downloaded.")
                .hasMessageNotContaining("..");
    }

    @Test
    void a_jar_of_an_older_build_or_a_damaged_one_is_named() throws IOException {
        String version = BuildVersions.tideline();
        Path jar = put("dev/tideline/tideline-thing/" + version + "/tideline-thing-" + version + ".jar");
        String named = jar + " is damaged, or of another build than this program (";

        assertThatThrownBy(() -> artifacts().classPath("tideline-thing"))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith(named);

        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("something else"));
        }
        assertThatThrownBy(() -> artifacts().classPath("tideline-thing"))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith(named + "it does not list what it needs). ");
    }

    private RepositoryArtifacts artifacts() {
        return new RepositoryArtifacts(() -> repository, () -> "http://127.0.0.1:1", true);
    }

    private Path program(String runTimeArtifacts) throws IOException {
        String version = BuildVersions.tideline();
        Path jar = put("dev/tideline/tideline-thing/" + version + "/tideline-thing-" + version + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(RepositoryArtifacts.RUN_TIME_ARTIFACTS));
            out.write(runTimeArtifacts.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private Path put(String name) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
