package dev.tideline.maven.provider.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build knows and writes into a resource. */
public final class BuildVersions {

    private static final Properties VERSIONS = load();

    private BuildVersions() {}

    /** @return this release of Tideline */
    public static String tideline() {
        return VERSIONS.getProperty("tideline");
    }

    /** @return the release of SLF4J that Tideline's servers log with */
    public static String slf4j() {
        return VERSIONS.getProperty("slf4j");
    }

    private static Properties load() {
        Properties versions = new Properties();
        try (InputStream in = BuildVersions.class.getResourceAsStream("build-versions.properties")) {
            versions.load(in);
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read build-versions.properties", e);
        }
    }
}
