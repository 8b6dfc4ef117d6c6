/** From samples to figures, and what is printed and written of them. */
package dev.tideline.bench.report;
