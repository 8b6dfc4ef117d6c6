package dev.tideline.devservices.provider.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * Finds published artifacts on this machine and downloads those that are missing. Within Maven the session finds them, without
 * Maven a resolver of our own, in tests the build's folders. Thread-safe.
 */
public interface Artifacts {

    /**
     * Finds a jar.
     *
     * @param groupId group
     * @param artifactId artifact
     * @param version full version
     * @return the jar on disk
     * @throws dev.tideline.devservices.DevServicesException if it cannot be had
     */
    Path jar(String groupId, String artifactId, String version);

    /**
     * Finds what a JVM needs on its class path to run a program of Tideline.
     *
     * @param artifactId the artifact that holds the program, such as {@code tideline-mail-server}
     * @return this release of it and its run-time dependencies: jars and folders, all on disk
     * @throws dev.tideline.devservices.DevServicesException if one cannot be had
     */
    List<Path> classPath(String artifactId);
}
