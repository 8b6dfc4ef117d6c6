/** Syncs rows from the application's transactions to the tenants' databases. */
package dev.tideline.sync;
