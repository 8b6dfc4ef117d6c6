/** The connection pool, the migrations, and how SQL is read from its files. */
package dev.tideline.directory.database;
