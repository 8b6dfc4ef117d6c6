/** The databases that a contestant runs on, what is written into them, and how it is told that both sides are equal. */
package dev.tideline.bench.track;
