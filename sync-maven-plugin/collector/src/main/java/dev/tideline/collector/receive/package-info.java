/** The OTLP/HTTP receiver: statuses, limits and encodings as the OTLP specification names them. */
package dev.tideline.collector.receive;
