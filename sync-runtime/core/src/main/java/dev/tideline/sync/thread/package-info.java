/** Creates the runtime's threads. */
package dev.tideline.sync.thread;
