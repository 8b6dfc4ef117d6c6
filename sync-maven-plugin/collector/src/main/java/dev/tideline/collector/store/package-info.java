/** What was received, in arrival order within a bound of items and of bytes; the oldest are dropped first. */
package dev.tideline.collector.store;
