package dev.tideline.maven.service;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.readiness.PostgresProbe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Makes the roles and databases that a spec asks for, and runs its scripts once on fresh data. */
final class PostgresFurnisher {

    private static final String MAIN_DATABASE = "postgres";

    private final Function<String, PostgresProbe> databases;
    private final String service;

    /** @param databases how to reach a database by its name */
    PostgresFurnisher(Function<String, PostgresProbe> databases, String service) {
        this.databases = databases;
        this.service = service;
    }

    void furnish(ServiceSpec spec, boolean freshData) {
        List<Path> scripts = freshData ? scripts(spec.initScripts()) : List.of();
        if (spec.roles().isEmpty() && spec.databases().isEmpty() && scripts.isEmpty()) {
            return;
        }
        try (Connection connection = databases.apply(MAIN_DATABASE).connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> role : new TreeMap<>(spec.roles()).entrySet()) {
                if (isAbsent(connection, "SELECT FROM pg_roles WHERE rolname = ?", role.getKey())) {
                    statement.execute("CREATE ROLE " + statement.enquoteIdentifier(role.getKey(), true)
                            + " LOGIN PASSWORD " + statement.enquoteLiteral(role.getValue()));
                }
            }
            for (String database : spec.databases()) {
                if (isAbsent(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
                    statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
                }
            }
            for (Path script : scripts) {
                run(statement, script);
            }
        } catch (SQLException e) {
            throw new DevServicesException(
                    "Cannot make the roles and databases of " + service + ": " + e.getMessage()
                            + "\nCorrect <roles> and <databases> of the service and start again.",
                    e);
        }
    }

    /** The files in the order in which they run: as given, those of a folder by name. */
    static List<Path> scripts(List<Path> given) {
        return given.stream().flatMap(PostgresFurnisher::expand).toList();
    }

    private static Stream<Path> expand(Path given) {
        if (!Files.isDirectory(given)) {
            if (!Files.isRegularFile(given) || !isScript(given)) {
                throw new DevServicesException("The init script " + given
                        + " is neither a .sql or .sql.gz file nor a folder. Correct <initScripts> of the service.");
            }
            return Stream.of(given);
        }
        try (Stream<Path> files = Files.list(given)) {
            return files.filter(PostgresFurnisher::isScript).sorted().toList().stream();
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot read the folder of init scripts " + given + ": " + e
                            + ". It must be readable for this user.",
                    e);
        }
    }

    private static boolean isScript(Path file) {
        return file.toString().endsWith(".sql") || file.toString().endsWith(".sql.gz");
    }

    /** As one simple query, that is: in one transaction unless the script says otherwise. */
    private void run(Statement statement, Path script) {
        try (InputStream file = Files.newInputStream(script);
                InputStream in = script.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
            statement.setEscapeProcessing(false);
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot read the init script " + script + ": " + e + ". It must be readable for this user.", e);
        } catch (SQLException e) {
            throw new DevServicesException(
                    "The init script " + script + " failed on " + service + ": " + e.getMessage()
                            + "\nCorrect the script and start again; it then runs again from its beginning.",
                    e);
        }
    }

    private static boolean isAbsent(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return !result.next();
            }
        }
    }
}
