package dev.tideline.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The output of {@code pg_dump --schema-only} for a database. */
public final class SchemaDump {

    private SchemaDump() {}

    /** A pg_dump that can read servers of this major version: its own must not be older. */
    public static Optional<Path> program(int serverMajor) {
        return PgBench.programs("pg_dump")
                .filter(program -> major(program) >= serverMajor)
                .findFirst();
    }

    private static int major(Path program) {
        try {
            // "pg_dump (PostgreSQL) 15.13 (Debian …)"
            return Integer.parseInt(
                    run(List.of(program.toString(), "--version"), "").replaceFirst("(?s)^\\D*(\\d+).*$", "$1"));
        } catch (IOException | NumberFormatException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The dump, without the random word that newer versions add. */
    public static String of(Path program, ServerAddress server, String database)
            throws IOException, InterruptedException {
        return run(
                        List.of(
                                program.toString(),
                                "--schema-only",
                                "-h",
                                server.host(),
                                "-p",
                                Integer.toString(server.port()),
                                "-U",
                                server.user(),
                                database),
                        server.password())
                .lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n"));
    }

    private static String run(List<String> command, String password) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ": " + output);
        }
        return output;
    }
}
