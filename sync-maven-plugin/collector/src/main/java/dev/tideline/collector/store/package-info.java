/** What was received, kept in arrival order within a bound of items and of bytes; the oldest go first. */
package dev.tideline.collector.store;
