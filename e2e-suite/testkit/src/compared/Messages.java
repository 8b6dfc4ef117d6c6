import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Writes what Awaitility and Selenium's WebDriverWait say about five failures to the folder that is its argument. */
public class Messages {
    private static final String WHAT = "user appears in the external database";
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static int attempt;

    interface Wait {
        void run() throws Exception;
    }

    public static void main(String[] folder) throws Exception {
        Path to = Path.of(folder[0]);
        awaitility(to);
        selenium(to);
        System.exit(0); // Awaitility's thread still hangs.
    }

    private static void awaitility(Path to) throws IOException {
        write(to, "awaitility", 1, () -> await(WHAT).atMost(LIMIT).until(() -> List.of(), hasSize(1)));
        write(to, "awaitility", 2, () -> await(WHAT).atMost(LIMIT).ignoreExceptions().until(Messages::refused, hasSize(1)));
        write(to, "awaitility", 3, () -> await(WHAT).atMost(LIMIT).until(Messages::stopsShort, is("sent")));
        write(to, "awaitility", 4, () -> await(WHAT).atMost(LIMIT).ignoreExceptions().until(Messages::hangs, is(42)));
        write(to, "awaitility", 5, () -> await(WHAT)
                .atMost(LIMIT)
                .failFast("the import was cancelled", () -> attempt > 0)
                .until(Messages::cancelled, is("done")));
    }

    private static void selenium(Path to) throws IOException {
        WebDriver driver = (WebDriver) Proxy.newProxyInstance(
                Messages.class.getClassLoader(),
                new Class<?>[] {WebDriver.class},
                (proxy, method, arguments) -> method.getName().equals("toString") ? "a driver" : null);
        Supplier<FluentWait<WebDriver>> await = () -> new WebDriverWait(driver, LIMIT)
                .withMessage(WHAT)
                .ignoring(IllegalStateException.class);
        write(to, "selenium", 1, () -> await.get().until(d -> List.of().size() == 1));
        write(to, "selenium", 2, () -> await.get().until(d -> unchecked(Messages::refused).size() == 1));
        write(to, "selenium", 3, () -> await.get().until(d -> stopsShort().equals("sent")));
        write(to, "selenium", 4, () -> await.get().until(d -> unchecked(Messages::hangs) == 42));
        write(to, "selenium", 5, () -> await.get().until(d -> cancelled().equals("done")));
    }

    private static List<String> refused() throws ConnectException {
        throw new ConnectException("Connection refused");
    }

    private static String stopsShort() {
        return ++attempt < 3 ? "new" : "queued";
    }

    /** A value, an exception, and then an attempt that goes on for longer than the limit. */
    private static int hangs() throws Exception {
        attempt++;
        if (attempt == 2) {
            throw new ConnectException("Connection reset");
        }
        if (attempt > 2) {
            new CountDownLatch(1).await(4, TimeUnit.SECONDS);
        }
        return 41;
    }

    private static String cancelled() {
        attempt++;
        return "cancelled";
    }

    /** Selenium's conditions cannot throw checked exceptions. */
    private static <T> T unchecked(java.util.concurrent.Callable<T> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    private static void write(Path to, String library, int number, Wait wait) throws IOException {
        attempt = 0;
        long began = System.nanoTime();
        try {
            wait.run();
        } catch (Throwable e) {
            long seconds = Math.round((System.nanoTime() - began) / 1e9);
            String message = e.getMessage()
                    .lines()
                    .filter(line -> !line.matches("(Build|System|Driver) info: .*"))
                    .map(String::stripTrailing)
                    .collect(Collectors.joining("\n"));
            String cause = e.getCause() == null ? "" : "\ncause: " + firstLine(e.getCause());
            Files.writeString(
                    to.resolve(library + "-" + number + ".txt"),
                    name(library) + ", after " + seconds + " s\n" + message.strip() + cause + "\n");
            return;
        }
        throw new AssertionError(library + " " + number + " found no failure");
    }

    private static String firstLine(Throwable cause) {
        return cause.toString().lines().findFirst().orElse("");
    }

    private static String name(String library) {
        boolean awaitility = library.equals("awaitility");
        Class<?> of = awaitility ? org.awaitility.Awaitility.class : WebDriverWait.class;
        String jar = of.getProtectionDomain().getCodeSource().getLocation().getPath();
        String version = jar.replaceFirst(".*-([0-9][^/]*)\\.jar", "$1");
        return (awaitility ? "Awaitility " : "Selenium ") + version;
    }
}
