package dev.tideline.maven.provider.embedded;

import java.nio.file.Path;
import java.util.List;

/** Finds what a JVM needs on its class path to run Tideline's own servers; the plugin asks its class loader and Maven. */
@FunctionalInterface
public interface ClassPath {

    /**
     * Finds the entries.
     *
     * @return jars and folders, all on disk
     * @throws dev.tideline.maven.DevServicesException if one cannot be had
     */
    List<Path> entries();
}
