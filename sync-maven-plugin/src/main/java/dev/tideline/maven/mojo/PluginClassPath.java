package dev.tideline.maven.mojo;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.provider.embedded.BuildVersions;
import dev.tideline.maven.provider.embedded.ClassPath;
import dev.tideline.maven.provider.embedded.JarSource;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Maven loaded this plugin from, jars or, in our own reactor, a folder of classes. SLF4J is not among it, since Maven
 * gives plugins its own, in a version that depends on Maven's; so it is got apart, with what writes to standard error.
 */
final class PluginClassPath implements ClassPath {

    private static final String SLF4J = "org.slf4j";

    private final JarSource jars;

    PluginClassPath(JarSource jars) {
        this.jars = jars;
    }

    @Override
    public List<Path> entries() {
        if (!(PluginClassPath.class.getClassLoader() instanceof URLClassLoader realm)) {
            throw new DevServicesException("This Maven loads plugins in a way that does not tell from where,"
                    + " so mail and collector cannot be started. Use Maven 3.8.7 or newer.");
        }
        List<Path> entries = new ArrayList<>();
        for (URL url : realm.getURLs()) {
            entries.add(path(url));
        }
        entries.add(jars.jar(SLF4J, "slf4j-api", BuildVersions.slf4j()));
        entries.add(jars.jar(SLF4J, "slf4j-jdk14", BuildVersions.slf4j()));
        return entries;
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Maven loads this plugin from " + url, e);
        }
    }
}
