/** Turns samples into figures, and prints and writes them. */
package dev.tideline.bench.report;
