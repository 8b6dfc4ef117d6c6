/** Contestants that need a process have one of their own, so that heap and processor time are theirs alone. */
package dev.tideline.bench.engine;
