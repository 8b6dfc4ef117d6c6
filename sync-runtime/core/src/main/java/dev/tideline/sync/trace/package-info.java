/** Spans, by the API of OpenTelemetry alone: whoever brings an SDK sees them, and nobody else pays for them. */
package dev.tideline.sync.trace;
