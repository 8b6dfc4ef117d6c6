package dev.tideline.devservices.provider.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * Finds published artifacts on this machine and downloads missing ones. Within Maven the session finds them, without
 * Maven our own resolver, in tests the build's folders. Thread-safe.
 */
public interface Artifacts {

    /**
     * A jar on disk.
     *
     * @param version full version
     * @throws dev.tideline.devservices.DevServicesException if it is unavailable
     */
    Path jar(String groupId, String artifactId, String version);

    /**
     * The class path of a program of Tideline.
     *
     * @param artifactId of the program, such as {@code tideline-mail-server}
     * @return this release of it and its run-time dependencies: jars and folders, all on disk
     * @throws dev.tideline.devservices.DevServicesException if one is unavailable
     */
    List<Path> classPath(String artifactId);
}
