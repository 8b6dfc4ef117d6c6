package dev.tideline.sync.admin;

import dev.tideline.browser.DrivenChromium;

/** A browser at the dashboard. Used by one thread. */
final class Chromium implements AutoCloseable {

    private final DrivenChromium browser;

    private Chromium(DrivenChromium browser) {
        this.browser = browser;
    }

    /** Starts it, or skips the test where there is none. */
    static Chromium start() {
        return new Chromium(DrivenChromium.start());
    }

    /** A person at the dashboard, who has logged in. */
    Person visit(Api api) {
        return Person.at(browser.newContext(), api);
    }

    @Override
    public void close() {
        browser.close();
    }
}
