package dev.tideline.mail.tls;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** The JDK's keytool: every JDK has it, and Java has no API to create a certificate. */
final class Keytool {

    static final String ALIAS = "mail";

    private Keytool() {}

    /** Creates a key and its certificate, moved into place as a whole, readable by the owner only. */
    static void make(Path keyFile, String password, Duration valid) throws IOException {
        Path folder = Files.createTempDirectory(keyFile.toAbsolutePath().getParent(), "key");
        try {
            Path part = folder.resolve("key.p12");
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1,ip:::1",
                    "-ext",
                    "bc=ca:false",
                    "-ext",
                    "eku=serverAuth",
                    "-validity",
                    Long.toString(valid.toDays()),
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    part.toString(),
                    "-storepass",
                    password));
            if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(part, keyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(folder.resolve("key.p12"));
            Files.delete(folder);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String output = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made the key", e);
        }
    }
}
