/** The contestants: each keeps one table of a target equal to that of a source, in its own way. */
package dev.tideline.bench.contestant;
