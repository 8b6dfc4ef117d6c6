package dev.tideline.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One tab: what a person does with it, and what it tells. */
public final class Tab {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(20);

    /** What Chromium says when the page that was asked has made way for another. */
    private static final List<String> LEFT =
            List.of("navigated or closed", "context was destroyed", "Cannot find context");

    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27);

    private final DevTools devTools;
    private final String context;
    private final String session;
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();

    Tab(DevTools devTools, String context, String session) {
        this.devTools = devTools;
        this.context = context;
        this.session = session;
        devTools.listen(session, this::hear);
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Accessibility")) {
            call(domain + ".enable");
        }
    }

    /** Goes there and waits until all has been loaded. */
    public void go(String url) {
        devTools.call(session, "Page.navigate", DevTools.object().put("url", url));
        await("the page is loaded", "document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** The size of the window, and whether the person likes it dark. */
    public void look(int width, int height, String scheme) {
        devTools.call(
                session,
                "Emulation.setDeviceMetricsOverride",
                DevTools.object()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        var media = DevTools.object().put("media", "screen");
        media.withArray("features")
                .add(DevTools.object().put("name", "prefers-color-scheme").put("value", scheme));
        devTools.call(session, "Emulation.setEmulatedMedia", media);
    }

    /** May the page write to the clipboard and read from it? */
    public void allowClipboard(String origin) {
        var permissions = DevTools.object().put("origin", origin).put("browserContextId", context);
        permissions.withArray("permissions").add("clipboardReadWrite").add("clipboardSanitizedWrite");
        devTools.call(null, "Browser.grantPermissions", permissions);
    }

    /** The value of a JavaScript expression, a promise awaited. */
    public JsonNode evaluate(String expression) {
        JsonNode answer = devTools.call(
                session,
                "Runtime.evaluate",
                DevTools.object()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .put("userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(
                    expression + ": " + answer.get("exceptionDetails").toString());
        }
        JsonNode value = answer.get("result").get("value");
        return value == null ? DevTools.object().nullNode() : value;
    }

    /** Waits until an expression is true. */
    public void await(String what, String condition) {
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(PACE)
                    .until(() -> holds(condition));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "Not within " + LIMIT.toSeconds() + " s: " + what + " (" + condition + "); the page" + " has: "
                            + evaluate("document.body.innerText").asText(),
                    late);
        }
    }

    /** A page that is being left cannot be asked; the one after it can. */
    private boolean holds(String condition) {
        try {
            return evaluate(condition).asBoolean();
        } catch (IllegalStateException e) {
            if (LEFT.stream().anyMatch(e.getMessage()::contains)) {
                return false;
            }
            throw e;
        }
    }

    /** The text of the first element that a selector finds, as a person reads it. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ").innerText")
                .asText();
    }

    /** Presses a key and lets it go, on what has the focus. */
    public void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            var event = DevTools.object()
                    .put("type", type)
                    .put("key", key)
                    .put("code", key)
                    .put("windowsVirtualKeyCode", KEYS.get(key));
            if (key.equals("Enter") && type.equals("keyDown")) {
                event.put("text", "\r");
            }
            devTools.call(session, "Input.dispatchKeyEvent", event);
        }
    }

    /** What a screen reader is told: role and name of every node that it does not ignore. */
    public List<String> spoken() {
        List<String> spoken = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree").get("nodes")) {
            if (!node.path("ignored").asBoolean()) {
                spoken.add((node.path("role").path("value").asText() + " "
                                + node.path("name").path("value").asText())
                        .strip());
            }
        }
        return spoken;
    }

    /** What the console complained of, broken rules of the page's policy among it. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** All addresses that were asked for. */
    public List<String> requested() {
        return List.copyOf(requested);
    }

    /** A picture of what is seen, for people. */
    public void picture(Path file) throws IOException {
        String data = call("Page.captureScreenshot").get("data").asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    private JsonNode call(String method) {
        return devTools.call(session, method, DevTools.object());
    }

    private void hear(JsonNode event) {
        JsonNode parameters = event.get("params");
        switch (event.get("method").asText()) {
            case "Runtime.exceptionThrown" ->
                troubles.add(parameters.get("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (parameters.get("type").asText().equals("error")) {
                    troubles.add(parameters.get("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (parameters.get("entry").get("level").asText().equals("error")) {
                    troubles.add(parameters.get("entry").get("text").asText());
                }
            }
            case "Network.requestWillBeSent" ->
                requested.add(parameters.get("request").get("url").asText());
            default -> {
                // Nothing that a test asks about.
            }
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
