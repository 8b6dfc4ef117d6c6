/**
 * The second stage: changes committed since the last pass become ledger rows with the next sequence ids. There is one
 * writer at a time, so that ids become visible in order.
 */
package dev.tideline.sync.sequence;
