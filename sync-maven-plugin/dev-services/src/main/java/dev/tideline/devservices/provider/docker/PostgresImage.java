package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.PostgresService;
import dev.tideline.devservices.service.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The official image of Postgres, or one that takes the same variables.
 *
 * @param service {@code postgres} or {@code external-postgres}
 */
record PostgresImage(String service) implements ServiceImage {

    private static final int PORT = 5432;

    /** Not the image's default, which changes with Postgres 18. */
    private static final String FOLDER = "/var/lib/tideline";

    private static final Pattern OTHER_MAJOR =
            Pattern.compile("initialized by PostgreSQL version (\\d+).*not compatible with this version (\\d+)");

    @Override
    public String repository() {
        return "postgres";
    }

    @Override
    public String tag() {
        return "18";
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of(service, PORT);
    }

    @Override
    public Map<String, String> environment(ServiceSpec spec) {
        return Map.of(
                "POSTGRES_USER", PostgresService.USER,
                "POSTGRES_PASSWORD", PostgresService.PASSWORD,
                "POSTGRES_DB", PostgresService.DATABASE,
                // As for the embedded server: sorts by code point and knows all letters.
                "POSTGRES_INITDB_ARGS",
                        "--encoding=UTF8 --locale=C --lc-ctype=C.UTF-8" + (spec.durable() ? "" : " --no-sync"),
                "PGDATA", FOLDER + "/data");
    }

    @Override
    public List<String> command(ServiceSpec spec, String token) {
        List<String> words = new ArrayList<>(List.of("postgres"));
        PostgresService.serverSettings(spec.durable(), spec.settings()).forEach((name, value) -> {
            words.add("-c");
            words.add(name + "=" + value);
        });
        words.add("-c");
        words.add("tideline.token=" + token);
        return words;
    }

    @Override
    public Optional<String> dataFolder() {
        return Optional.of(FOLDER);
    }

    /**
     * After SIGTERM Postgres waits for its clients; after this signal it ends their sessions and writes a checkpoint.
     */
    @Override
    public Optional<String> endSignal() {
        return Optional.of("SIGINT");
    }

    @Override
    public boolean isDatabase() {
        return true;
    }

    @Override
    public String advice(List<String> log) {
        Matcher major = OTHER_MAJOR.matcher(String.join(" ", log));
        return major.find()
                ? "\nThe data of " + service + " was created by Postgres " + major.group(1)
                        + ", and the service asks for "
                        + major.group(2) + ". Ask for version " + major.group(1)
                        + ", or delete the data with `mvn sync:clean` and start again."
                : "";
    }
}
