package dev.tideline.sync.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.tideline.browser.Axe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody at the dashboard, in a browser of their own. What the browser complains of is kept. */
final class Person implements AutoCloseable {

    private static final double PATIENCE = 30_000;

    private final BrowserContext context;
    private final Page page;
    private final String url;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();

    private Person(BrowserContext context, Page page, String url) {
        this.context = context;
        this.page = page;
        this.url = url;
        context.setDefaultTimeout(PATIENCE);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(url) && !request.url().startsWith("data:")) {
                elsewhere.add(request.url());
            }
        });
    }

    static Person at(BrowserContext context, Api api) {
        return at(context, api.server().url());
    }

    static Person at(BrowserContext context, String url) {
        Person person = new Person(context, context.newPage(), url);
        person.logIn();
        return person;
    }

    void logIn() {
        page.navigate(url + "/login");
        page.getByLabel("Admin token").fill(Api.TOKEN);
        page.getByText("Log in").last().click();
        page.waitForURL(url + "/");
    }

    Page page() {
        return page;
    }

    /** What scripts and the browser had to complain of: errors, and what the page's policy forbids. */
    List<String> complaints() {
        return complaints;
    }

    /** Addresses of other servers that were asked for. */
    List<String> elsewhere() {
        return elsewhere;
    }

    /** Goes to a page of the dashboard, and waits until it has its figures. */
    Person opens(String route) {
        page.navigate(url + "/" + route);
        page.locator(".headline:not(.loading)").waitFor();
        seesNoMore(page.locator("[aria-busy]"));
        return this;
    }

    Person looks(int width, ColorScheme scheme) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        return this;
    }

    void reads(String text) {
        sees(page.locator("main"), text);
    }

    void readsInHeadline(String text) {
        sees(page.locator(".headline"), text);
    }

    void sees(Locator where, String text) {
        assertThat(where).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
    }

    void seesNoMore(Locator what) {
        assertThat(what).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Presses a button, and then the one of the same or another name in the dialog that asks. */
    void does(String button, String confirmed) {
        button(button).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(confirmed).setExact(true))
                .click();
    }

    /** What axe-core finds wrong, a line each. */
    String barriers() {
        page.evaluate(Axe.SCRIPT);
        return (String) page.evaluate(Axe.FINDINGS);
    }

    /** Bytes of objects that the page's scripts can still reach. */
    long heap() {
        CDPSession session = context.newCDPSession(page);
        session.send("HeapProfiler.collectGarbage");
        long used = session.send("Runtime.getHeapUsage").get("usedSize").getAsLong();
        session.detach();
        return used;
    }

    boolean isWiderThanTheWindow() {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    void takesPicture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
