package dev.tideline.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine's Chromium without a window, driven by Playwright. Nothing is downloaded for it. Used by one thread. */
public final class DrivenChromium implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;

    private DrivenChromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it, or skips the test where there is none. */
    public static DrivenChromium start() {
        Path program = Chromium.program();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new DrivenChromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program)
                                    .setArgs(List.of("--no-sandbox"))));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A window that shares nothing with the others. */
    public BrowserContext newContext() {
        return browser.newContext();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
