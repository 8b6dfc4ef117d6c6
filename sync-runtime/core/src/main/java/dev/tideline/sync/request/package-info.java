/** Signed HTTP requests that go out, at least once each: the application's own, webhooks, alerts and dispatched syncs. */
package dev.tideline.sync.request;
