/** Where traces go. */
package dev.tideline.directory.telemetry;
