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
 * @param given {@code .sql} and {@code .sql.gz} files, and folders of them
 */
public record InitScripts(String service, List<Path> given) {

    /** The scripts of a spec, not read yet. */
    public static InitScripts of(ServiceSpec spec) {
        return new InitScripts(spec.name(), spec.initScripts());
    }

    /**
     * Rejects missing paths and files that are no scripts, before anything is started.
     *
     * @param base the folder against which relative paths were resolved, for the message
     * @throws DevServicesException if a path does not lead to a script or a folder
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
     * @throws DevServicesException if a path does not lead to a script or a folder
     */
    public List<Path> files() {
        return given.stream().flatMap(this::expand).toList();
    }

    /**
     * The uncompressed content of one of {@link #files()}.
     *
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
