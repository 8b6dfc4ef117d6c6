/** The only place that waits. */
package dev.tideline.directory.loop;
