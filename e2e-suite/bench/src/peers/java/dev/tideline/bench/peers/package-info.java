/** Contestants whose jars only profile {@code bench} brings; they are found as services. */
package dev.tideline.bench.peers;
