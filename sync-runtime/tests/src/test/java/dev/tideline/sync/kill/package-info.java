/** Servers and runtimes that are killed with SIGKILL, on servers of the test's own. */
package dev.tideline.sync.kill;
