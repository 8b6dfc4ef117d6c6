/** Spans through OpenTelemetry's API alone: applications with an SDK see them, and others pay nothing. */
package dev.tideline.sync.trace;
