package dev.tideline.devservices.process;

import dev.tideline.devservices.DevServicesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a command that refuses to run as root or as a user without a name, such as Postgres and its initdb. For anybody
 * else this changes nothing.
 *
 * <p>There are two ways for root, and the first also serves a user without an entry in the system's user database. The
 * first is a new user namespace without a mapping: the process sees itself as nobody, but for the file system it still
 * is root without capabilities, so files keep their owner and a workspace below a private home directory can be
 * reached. Where namespaces are forbidden (in most containers), the second is the account nobody with the one
 * capability that lets it traverse foreign directories.
 */
public enum UnprivilegedLaunch {
    /** The caller is not root and has a name. */
    AS_CALLER("as this user", List.of()),
    /** In a user namespace. */
    USER_NAMESPACE("in a user namespace", List.of("unshare", "--user")),
    /** Root, as the account nobody. */
    AS_NOBODY(
            "as the account nobody",
            List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=-all,+dac_override"));

    private static final int NOBODY = 65534;

    private final String words;
    private final List<String> prefix;

    UnprivilegedLaunch(String words, List<String> prefix) {
        this.words = words;
        this.prefix = prefix;
    }

    /** For "Postgres runs …". */
    public String inWords() {
        return words;
    }

    /**
     * The way that works on this machine, determined once.
     *
     * @throws DevServicesException if the caller is root and neither way works
     */
    public static UnprivilegedLaunch ofThisMachine() {
        return OfThisMachine.WAY.orElseThrow(() -> new DevServicesException(
                OfThisMachine.CALLER.isRoot() ? """
                Postgres refuses to run as root, and neither `unshare --user` nor `setpriv` works here.
                Do one of these: run Maven as another user; install util-linux (it has both commands); \
                allow user namespaces in this container.""" : """
                Postgres refuses to run as a user without a name: the system's user database has none for uid %s, and \
                `unshare --user` does not work here.
                Do one of these: add the uid to /etc/passwd; run as another user; install util-linux (it has the \
                command); allow user namespaces in this container.""".formatted(OfThisMachine.CALLER.name())));
    }

    /** Whether root has to run services as the account nobody, which cannot read root's home. */
    public static boolean isAsNobody() {
        return OfThisMachine.WAY.equals(Optional.of(AS_NOBODY));
    }

    /** The command to run instead. */
    public List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>(prefix);
        wrapped.addAll(command);
        return wrapped;
    }

    /**
     * Gives a file or directory with all its contents to the account of the wrapped process, if that is another one.
     */
    public void takeOver(Path root) throws IOException {
        if (this != AS_NOBODY || Integer.valueOf(NOBODY).equals(Files.getAttribute(root, "unix:uid"))) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:uid", NOBODY);
                Files.setAttribute(file, "unix:gid", NOBODY);
            }
        }
    }

    /** Whether a trial run succeeds, and the user has a name there. */
    boolean works() {
        try {
            Process trial = new ProcessBuilder(wrap(List.of("id", "-un")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class OfThisMachine {
        static final Caller CALLER = Caller.ofThisProcess();
        static final Optional<UnprivilegedLaunch> WAY = CALLER.ways().stream()
                .filter(way -> way == AS_CALLER || way.works())
                .findFirst();
    }

    /**
     * The user of this process.
     *
     * @param name in the system's user database; the digits of the uid if it has none
     */
    record Caller(boolean isRoot, String name) {

        /** The ways to try, the best first. */
        List<UnprivilegedLaunch> ways() {
            if (isRoot) {
                return List.of(USER_NAMESPACE, AS_NOBODY);
            }
            return List.of(name.matches("\\d+") ? USER_NAMESPACE : AS_CALLER);
        }

        private static Caller ofThisProcess() {
            Path self = Path.of("/proc/self");
            try {
                // Not the property user.name, which can be anything, also for root.
                Object uid = Files.getAttribute(self, "unix:uid");
                return new Caller(
                        Integer.valueOf(0).equals(uid), Files.getOwner(self).getName());
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProcFileSystem) {
                String name = System.getProperty("user.name");
                return new Caller("root".equals(name), name);
            }
        }
    }
}
