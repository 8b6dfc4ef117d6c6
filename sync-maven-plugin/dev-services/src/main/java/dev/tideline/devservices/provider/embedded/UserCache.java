package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import dev.tideline.ports.UserFolders;
import java.nio.file.Path;

/** This user's folder for whatever can be created again at any time. */
public final class UserCache {

    private UserCache() {}

    /**
     * System property {@code tideline.cacheDirectory}, environment {@code TIDELINE_CACHE}, else the platform's default.
     * The folder may not exist yet.
     *
     * @throws DevServicesException if this user has none
     */
    public static Path directory() {
        String chosen = firstSet(System.getProperty("tideline.cacheDirectory"), System.getenv("TIDELINE_CACHE"));
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        if (UnprivilegedLaunch.isAsNobody()) {
            // Postgres checks its programs with access(2), which no capability lets pass root's private home.
            return Path.of("/var/cache/tideline");
        }
        return UserFolders.ofThisProcess()
                .cache()
                .orElseThrow(() -> new DevServicesException(
                        "There is no place for the Postgres programs, because this user has no home directory. Set"
                                + " HOME, XDG_CACHE_HOME or TIDELINE_CACHE to a folder that this user may write to."));
    }

    private static String firstSet(String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
