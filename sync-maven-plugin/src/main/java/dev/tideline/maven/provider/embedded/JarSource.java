package dev.tideline.maven.provider.embedded;

import java.nio.file.Path;

/** Finds the jar of an artifact; the plugin asks Maven, tests have a folder. */
@FunctionalInterface
public interface JarSource {

    /**
     * Finds a jar, downloading it if need be.
     *
     * @param groupId group
     * @param artifactId artifact
     * @param version full version
     * @return the jar on disk
     * @throws dev.tideline.maven.DevServicesException if it cannot be had
     */
    Path jar(String groupId, String artifactId, String version);
}
