/** The OTLP/HTTP receiver: statuses, limits and encodings according to the OTLP specification. */
package dev.tideline.collector.receive;
