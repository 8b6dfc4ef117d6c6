package dev.tideline.devservices.process;

import dev.tideline.devservices.DevServicesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a command that refuses to run as root, as Postgres does. For anybody but root this changes nothing.
 *
 * <p>For root there are two ways. A new user namespace without a mapping: the process sees itself as nobody, yet for the
 * file system it still is root without capabilities; so files keep their owner and a workspace under a private home
 * directory can be reached. Where namespaces are forbidden (most containers): the account nobody with the one capability
 * that lets it pass foreign directories.
 */
public enum UnprivilegedLaunch {
    /** The caller is not root. */
    AS_CALLER(List.of()),
    /** Root, in a user namespace of its own. */
    USER_NAMESPACE(List.of("unshare", "--user")),
    /** Root, as the account nobody. */
    AS_NOBODY(List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override"));

    private static final int NOBODY = 65534;

    private final List<String> prefix;

    UnprivilegedLaunch(List<String> prefix) {
        this.prefix = prefix;
    }

    /**
     * The way that works on this machine, tried once.
     *
     * @return the way
     * @throws DevServicesException if the caller is root and neither way works
     */
    public static UnprivilegedLaunch ofThisMachine() {
        return OfThisMachine.WAY.orElseThrow(() -> new DevServicesException("""
                Postgres refuses to run as root, and neither `unshare --user` nor `setpriv` works here.
                Do one of these: run Maven as another user; install util-linux (it has both commands); \
                allow user namespaces in this container."""));
    }

    /** @return whether root has to run services as the account nobody, which cannot read root's home */
    public static boolean isAsNobody() {
        return OfThisMachine.WAY.equals(Optional.of(AS_NOBODY));
    }

    /**
     * Puts what is needed in front of a command.
     *
     * @param command program and arguments
     * @return the command to run
     */
    public List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>(prefix);
        wrapped.addAll(command);
        return wrapped;
    }

    /**
     * Gives files to the account that the wrapped process runs as. Does nothing unless that is another account.
     *
     * @param root file or directory, with all below it
     * @throws IOException if the owner cannot be changed
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

    /** Whether a trial run of this way succeeds. */
    boolean works() {
        try {
            Process trial = new ProcessBuilder(wrap(List.of("true")))
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
        static final Optional<UnprivilegedLaunch> WAY = find();

        private static Optional<UnprivilegedLaunch> find() {
            if (!callerIsRoot()) {
                return Optional.of(AS_CALLER);
            }
            return Stream.of(USER_NAMESPACE, AS_NOBODY)
                    .filter(UnprivilegedLaunch::works)
                    .findFirst();
        }

        private static boolean callerIsRoot() {
            try {
                // Not the property user.name: that can be anything, also for root.
                Map<String, Object> self = Files.readAttributes(Path.of("/proc/self"), "unix:uid");
                return Integer.valueOf(0).equals(self.get("uid"));
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProcFileSystem) {
                return "root".equals(System.getProperty("user.name"));
            }
        }
    }
}
