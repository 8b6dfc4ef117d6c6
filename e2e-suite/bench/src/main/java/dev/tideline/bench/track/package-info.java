/** The databases of a contestant, what is written into them, and how to tell that both sides are equal. */
package dev.tideline.bench.track;
