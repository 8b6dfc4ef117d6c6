package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.provider.embedded.Artifacts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this build has made and copied, so that tests start programs with their own class path before anything is installed. */
record BuiltArtifacts() implements Artifacts {

    @Override
    public Path jar(String groupId, String artifactId, String version) {
        return Path.of("target/postgres-jars").resolve(artifactId + "-" + version + ".jar");
    }

    @Override
    public List<Path> classPath(String artifactId) {
        Path built = Path.of("..", artifactId.replaceFirst("^tideline-", ""), "target")
                .toAbsolutePath()
                .normalize();
        try {
            String needed = Files.readString(built.resolve("runtime.classpath")).strip();
            return Stream.concat(
                            Stream.of(built.resolve("classes")),
                            Stream.of(needed.split(File.pathSeparator)).map(Path::of))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(artifactId + " is not built; call Maven with -am", e);
        }
    }
}
