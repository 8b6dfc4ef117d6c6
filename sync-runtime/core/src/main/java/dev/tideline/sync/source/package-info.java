/** Connections to the source. */
package dev.tideline.sync.source;
