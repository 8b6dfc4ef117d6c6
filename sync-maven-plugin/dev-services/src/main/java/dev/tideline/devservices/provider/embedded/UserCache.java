package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.process.UnprivilegedLaunch;
import java.nio.file.Path;

/** The folder of this user for what can be made again at any time. */
final class UserCache {

    private UserCache() {}

    /**
     * Where the cache is: system property {@code tideline.cacheDirectory}, environment {@code TIDELINE_CACHE}, else the
     * platform's own place.
     */
    static Path directory() {
        String chosen = firstSet(System.getProperty("tideline.cacheDirectory"), System.getenv("TIDELINE_CACHE"));
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        if (UnprivilegedLaunch.isAsNobody()) {
            // Postgres checks its programs with access(2), which no capability lets pass root's private home.
            return Path.of("/var/cache/tideline");
        }
        String home = System.getProperty("user.home");
        String os = System.getProperty("os.name");
        if (os.startsWith("Mac")) {
            return Path.of(home, "Library", "Caches", "tideline");
        }
        String base = firstSet(System.getenv(os.startsWith("Windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME"));
        return (base != null ? Path.of(base) : Path.of(home, ".cache")).resolve("tideline");
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
