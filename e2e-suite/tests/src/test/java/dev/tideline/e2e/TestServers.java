package dev.tideline.e2e;

/** The servers that the build has started for its tests, from the system properties that it sets. */
public final class TestServers {

    private TestServers() {}

    /** For sources: {@code tideline.postgres.url}. */
    public static ServerAddress source() {
        return of("tideline.postgres.url");
    }

    /** For external databases: {@code tideline.external-postgres.url}. */
    public static ServerAddress external() {
        return of("tideline.external-postgres.url");
    }

    private static ServerAddress of(String property) {
        String url = System.getProperty(property, "");
        if (url.isBlank()) {
            throw new IllegalStateException(
                    "The system property " + property
                            + " is not set. Run the tests with mvn verify, or start the services with mvn -N sync:start and set it.");
        }
        return ServerAddress.of(url);
    }
}
