package dev.tideline.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** The machine's Chromium without a window, with a profile of its own. Nothing is downloaded for it. */
public final class Chromium implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");

    private final Process process;
    private final Path profile;
    private final DevTools devTools;

    private Chromium(Process process, Path profile, DevTools devTools) {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
    }

    /** Starts it, or skips the test where there is none. */
    public static Chromium start() throws IOException {
        Path program = program();
        Path profile = Files.createTempDirectory("tideline-chromium");
        Path log = profile.resolve("stderr.txt");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--lang=en-GB"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox");
        }
        command.add("about:blank");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        try {
            Optional<URI> address = await().atMost(LIMIT).until(() -> address(log), Optional::isPresent);
            return new Chromium(process, profile, new DevTools(address.get()));
        } catch (ConditionTimeoutException late) {
            process.destroyForcibly();
            throw new IllegalStateException("Chromium does not start: " + Files.readString(log), late);
        }
    }

    /** The machine's Chromium; skips the test if there is none. */
    static Path program() {
        Optional<Path> program = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "Chromium is not installed (Debian's package is called chromium)");
        return program.get();
    }

    private static Optional<URI> address(Path log) {
        try {
            Matcher matcher = ADDRESS.matcher(Files.readString(log));
            return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A tab in a window of its own, that shares nothing with the others. */
    public Tab open(String url) {
        String context = devTools.call(null, "Target.createBrowserContext", DevTools.object())
                .get("browserContextId")
                .asText();
        String target = devTools.call(
                        null,
                        "Target.createTarget",
                        DevTools.object().put("url", "about:blank").put("browserContextId", context))
                .get("targetId")
                .asText();
        String session = devTools.call(
                        null,
                        "Target.attachToTarget",
                        DevTools.object().put("targetId", target).put("flatten", true))
                .get("sessionId")
                .asText();
        Tab tab = new Tab(devTools, context, session);
        tab.go(url);
        return tab;
    }

    @Override
    public void close() throws IOException {
        devTools.close();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        process.onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
