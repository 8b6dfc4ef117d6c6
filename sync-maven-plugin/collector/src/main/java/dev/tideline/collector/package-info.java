/**
 * The embedded OTLP/HTTP collector of the dev services: it receives traces, metrics and logs, keeps the newest of them
 * in bounded memory, shows traces on a page and answers tests that wait for a span to arrive.
 *
 * <p>{@link dev.tideline.collector.Collector} is the way in. The way of a request: {@code receive} (HTTP, limits)
 * → {@code otlp} (protobuf or JSON into single items) → {@code store} (bounded, oldest dropped) → {@code query}
 * (criteria, waits, traces) → {@code web} (JSON API and pages).
 */
package dev.tideline.collector;
