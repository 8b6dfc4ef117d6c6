/** The waitlist: who waits, in which order, and who is let in. */
package dev.tideline.directory.waitlist;
