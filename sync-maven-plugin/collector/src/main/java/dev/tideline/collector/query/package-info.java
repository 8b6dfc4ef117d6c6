/** Finds spans, logs and metrics by criteria, waits for them to arrive, and reports what came instead. */
package dev.tideline.collector.query;
