/** The connection pool, the migrations, and access to SQL files. */
package dev.tideline.directory.database;
