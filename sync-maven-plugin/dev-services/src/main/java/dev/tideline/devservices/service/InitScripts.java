package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The scripts that a service runs once, on fresh data.
 *
 * @param service whose
 * @param given {@code .sql} and {@code .sql.gz} files, and folders of them
 */
public record InitScripts(String service, List<Path> given) {

    /**
     * The scripts that a spec asks for.
     *
     * @param spec the spec
     * @return its scripts, not yet looked at
     */
    public static InitScripts of(ServiceSpec spec) {
        return new InitScripts(spec.name(), spec.initScripts());
    }

    /**
     * Refuses what is not there or is no script. Before anything is started, as a start that finds it out has to begin anew.
     *
     * @param base the folder that relative paths were resolved against, for the message
     * @throws DevServicesException if a path leads nowhere, or to something else than a script or a folder
     */
    public void require(Path base) {
        for (Path path : given) {
            if (!Files.exists(path)) {
                boolean below = path.startsWith(base);
                throw new DevServicesException("Service " + service + ": there is no init script "
                        + (below ? base.relativize(path) : path)
                        + (below ? " in " + base + ", the folder of the POM" : "")
                        + ". Correct <initScripts> of the service; relative paths start at the folder of the POM.");
            }
        }
        files();
    }

    /**
     * The files in the order in which they run: as given, those of a folder by name.
     *
     * @return the files
     * @throws DevServicesException if a path leads to something else than a script or a folder
     */
    public List<Path> files() {
        return given.stream().flatMap(this::expand).toList();
    }

    /**
     * What stands in a script, unpacked.
     *
     * @param script one of {@link #files()}
     * @return its bytes
     * @throws DevServicesException if it cannot be read
     */
    public static byte[] read(Path script) {
        try (InputStream file = Files.newInputStream(script);
                InputStream in = script.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new DevServicesException(
                    "Cannot read the init script " + script + ": " + e + ". It must be readable for this user.", e);
        }
    }

    private Stream<Path> expand(Path path) {
        if (!Files.isDirectory(path)) {
            if (!Files.isRegularFile(path) || !isScript(path)) {
                throw new DevServicesException("Service " + service + ": the init script " + path
                        + " is neither a .sql or .sql.gz file nor a folder. Correct <initScripts> of the service.");
            }
            return Stream.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(InitScripts::isScript).sorted().toList().stream();
        } catch (IOException e) {
            throw new DevServicesException(
                    "Service " + service + ": cannot read the folder of init scripts " + path + ": " + e
                            + ". It must be readable for this user.",
                    e);
        }
    }

    private static boolean isScript(Path file) {
        return file.toString().endsWith(".sql") || file.toString().endsWith(".sql.gz");
    }
}
