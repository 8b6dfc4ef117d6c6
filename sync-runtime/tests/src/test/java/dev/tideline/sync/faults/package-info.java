/** What goes wrong around a runtime: targets that stall or are full, servers that restart, processes that are stopped. */
package dev.tideline.sync.faults;
