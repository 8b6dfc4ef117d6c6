/**
 * Signed outgoing HTTP requests, delivered at least once: the application's own, webhooks, alerts and dispatched syncs.
 */
package dev.tideline.sync.request;
