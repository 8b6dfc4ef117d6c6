/** How an address becomes a connection: the driver's properties, and session settings that every stage relies on. */
package dev.tideline.sync.jdbc;
