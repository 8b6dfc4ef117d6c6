/** The way of a row, from the application's transaction to the tenant's database. */
package dev.tideline.sync;
