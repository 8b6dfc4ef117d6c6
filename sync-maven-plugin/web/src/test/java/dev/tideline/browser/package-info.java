/** A real browser for tests of pages: Chromium of the machine, driven over its DevTools protocol. */
package dev.tideline.browser;
