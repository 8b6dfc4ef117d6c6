package dev.tideline.devservices.provider.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Unpacks an xz-compressed tar with the programs {@code tar} and {@code xz}, if there are such: in half the time that
 * {@link TxzArchive} takes in a fresh JVM.
 */
final class TarProgram {

    private TarProgram() {}

    /**
     * Unpacks an archive.
     *
     * @return false if this machine's programs cannot; the folder may contain a part of it then
     */
    static boolean extract(InputStream archive, Path target) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return false;
        }
        Files.createDirectories(target);
        Process tar;
        try {
            tar = new ProcessBuilder(
                            "tar",
                            "-xJ",
                            "--no-same-owner",
                            "--no-same-permissions",
                            // As in TxzArchive: nobody links against them here.
                            "--exclude=*.a",
                            "-f",
                            "-",
                            "-C",
                            target.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notInstalled) {
            return false;
        }
        try (OutputStream in = tar.getOutputStream()) {
            archive.transferTo(in);
        } catch (IOException endedEarly) {
            tar.destroyForcibly();
        }
        try {
            return tar.waitFor() == 0;
        } catch (InterruptedException e) {
            tar.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", e);
        }
    }
}
