/** Tideline, embedded as a library. */
package dev.tideline.directory.sync;
