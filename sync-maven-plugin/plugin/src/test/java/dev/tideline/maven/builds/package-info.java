/** Whole Mavens, run by the builds of {@code src/it}. */
package dev.tideline.maven.builds;
