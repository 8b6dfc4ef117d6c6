package dev.tideline.mail.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for localhost, 127.0.0.1 and ::1, with its key. It is no authority, so whoever trusts it
 * trusts nothing else. Kept in a folder, and created again a month before it expires. Immutable.
 */
public final class Certificate {

    /** Apple's systems accept no longer validity. */
    private static final Duration VALID = Duration.ofDays(825);

    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    /** The file's permissions protect the key, not this. */
    private static final char[] PASSWORD = "tideline".toCharArray();

    private final Path file;
    private final String pem;
    private final SSLContext context;

    private Certificate(KeyStore keys, Path file) throws GeneralSecurityException {
        this.file = file;
        this.pem = pem(keys);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
    }

    /**
     * Reads the folder's certificate, or creates one, which takes a second or two.
     *
     * @throws IOException if neither is possible; the message says why and what to do
     */
    public static Certificate in(Path folder, Clock clock) throws IOException {
        Path keyFile = folder.resolve("key.p12");
        Path pemFile = folder.resolve("certificate.pem").toAbsolutePath();
        try {
            Files.createDirectories(folder);
            if (!Files.exists(keyFile) || endsSoon(read(keyFile), clock)) {
                Keytool.make(keyFile, new String(PASSWORD), VALID);
            }
            Certificate certificate = new Certificate(read(keyFile), pemFile);
            Files.writeString(pemFile, certificate.pem);
            return certificate;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "the TLS certificate in " + folder + " can be neither read nor made: " + e
                            + "; delete the folder's key.p12, and see that the folder can be written",
                    e);
        }
    }

    private static boolean endsSoon(KeyStore keys, Clock clock) throws GeneralSecurityException {
        Date end = ((X509Certificate) keys.getCertificate(Keytool.ALIAS)).getNotAfter();
        return end.toInstant().isBefore(clock.instant().plus(RENEWED_BEFORE));
    }

    private static KeyStore read(Path keyFile) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyFile)) {
            keys.load(in, PASSWORD);
        }
        if (!keys.isKeyEntry(Keytool.ALIAS)) {
            throw new GeneralSecurityException(keyFile + " has no key named " + Keytool.ALIAS);
        }
        return keys;
    }

    private static String pem(KeyStore keys) throws GeneralSecurityException {
        byte[] encoded = keys.getCertificate(Keytool.ALIAS).getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(encoded)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The certificate's file, in PEM, for clients to trust. */
    public Path file() {
        return file;
    }

    public String pem() {
        return pem;
    }

    /** TLS with this certificate, for servers. */
    public SSLContext context() {
        return context;
    }
}
