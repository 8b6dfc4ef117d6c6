/**
 * Rows that a target refuses, or that cannot be read at the source: found by bisection, recorded in the source before
 * the target's cursor passes them, and retried. One bad row stops one row.
 */
package dev.tideline.sync.park;
