/**
 * The second stage: changes that committed since the last pass become ledger rows with the next sequence ids. One writer
 * at a time, so that ids become visible in their order.
 */
package dev.tideline.sync.sequence;
