/** Contestants that need a process have their own, so that heap and processor time can be measured. */
package dev.tideline.bench.engine;
