/** Reads OTLP export requests, protobuf or JSON, as a stream of single items, never as one big message. */
package dev.tideline.collector.otlp;
