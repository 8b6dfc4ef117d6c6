/** Turns an address into a connection: the driver's properties, and the session settings that every stage relies on. */
package dev.tideline.sync.jdbc;
