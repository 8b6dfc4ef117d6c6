package dev.tideline.sync.admin;

import dev.tideline.sync.config.AdminConfig;
import dev.tideline.sync.config.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The secret of the API's users: configured, or generated into a file that only the user can read and that the next
 * start reuses. Never shown by {@link #toString}. Immutable.
 */
final class AdminToken {

    private static final Set<PosixFilePermission> OURS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int BYTES = 32;

    private final String token;
    private final byte[] digest;
    private final Optional<Path> file;

    private AdminToken(String token, Optional<Path> file) {
        this.token = token;
        this.digest = Sha256.of(token);
        this.file = file;
    }

    /**
     * @param folder for a generated token; empty if there is none
     */
    static AdminToken of(AdminConfig config, Optional<Path> folder) {
        return config.token()
                .map(given -> new AdminToken(given, Optional.empty()))
                .orElseGet(() -> {
                    Path file = folder.orElseThrow(() -> new UncheckedIOException(
                                    "no token can be kept, because this user has no home directory. Set HOME, or admin.token"
                                            + " in the configuration",
                                    new NoSuchFileException("home directory")))
                            .resolve("admin-" + config.port() + ".token");
                    try {
                        return new AdminToken(keptIn(file), Optional.of(file));
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "no token could be kept in " + file + ". Set admin.token in the configuration", e);
                    }
                });
    }

    private static String keptIn(Path file) throws IOException {
        try {
            return made(file);
        } catch (FileAlreadyExistsException e) {
            if (isOurs(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) {
                    return kept;
                }
            }
            // Others can read it, or it is not a regular file: the token may be known.
            Files.delete(file);
            return made(file);
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return !posix(file)
                || OURS.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                        && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                                .equals(Files.getOwner(file.toAbsolutePath().getParent()));
    }

    private static String made(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        FileAttribute<?>[] attributes = posix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OURS)}
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(java.nio.ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return token;
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** In constant time. */
    boolean matches(String given) {
        return MessageDigest.isEqual(digest, Sha256.of(given));
    }

    /** The file that it was generated into; empty if it was configured. */
    Optional<Path> file() {
        return file;
    }

    /** For a login link, and for signing. */
    String secret() {
        return token;
    }

    @Override
    public String toString() {
        return "AdminToken" + file.map(f -> "[" + f + "]").orElse("[configured]");
    }
}
