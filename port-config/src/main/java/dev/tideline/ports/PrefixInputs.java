package dev.tideline.ports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The sources of the prefix except the workspace's own file. Null or blank means unset.
 *
 * @param userProperty value of {@code -Dtideline.portPrefix}
 * @param pluginParameter value of the Maven plugin's {@code <portPrefix>}
 * @param environment value of {@code TIDELINE_PORT_PREFIX}
 */
public record PrefixInputs(String userProperty, String pluginParameter, String environment) {
    /** The property on the command line. */
    public static final String PROPERTY = "tideline.portPrefix";

    public static final String ENVIRONMENT = "TIDELINE_PORT_PREFIX";

    /**
     * The inputs of a Maven plugin.
     *
     * @param userProperties the session's user properties, that is what was given with {@code -D}; not the project's
     *     properties, which would let a POM override the command line
     * @param pluginParameter the plugin's {@code <portPrefix>}, may be null
     * @param environment the environment variables
     */
    public static PrefixInputs of(Properties userProperties, String pluginParameter, Map<String, String> environment) {
        return new PrefixInputs(userProperties.getProperty(PROPERTY), pluginParameter, environment.get(ENVIRONMENT));
    }

    /**
     * The inputs of this process: its system properties and environment, and the {@code <portPrefix>} that the plugin
     * stored in the workspace.
     *
     * @throws PortConfigException if the stored value cannot be read
     */
    public static PrefixInputs ofProcess(Workspace workspace) {
        return of(System.getProperties(), read(workspace.pluginPrefixFile()), System.getenv());
    }

    /** The file's text, or null if there is no such file. Invalid UTF-8 becomes an invalid prefix, not a crash. */
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            if (Files.notExists(file)) {
                return null;
            }
            throw new PortConfigException(
                    "Cannot read the port prefix from " + file + " (" + e
                            + "). Make it a readable text file with one number, or delete it.",
                    e);
        }
    }
}
