package dev.tideline.devservices.provider.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build writes into a resource. */
public final class BuildVersions {

    public static final String GROUP_ID = "dev.tideline";

    private static final Properties VERSIONS = load();

    private BuildVersions() {}

    /** This release of Tideline. */
    public static String tideline() {
        return VERSIONS.getProperty("tideline");
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
