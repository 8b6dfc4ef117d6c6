/** SQL from resources, one operation a file, and the few lines of JDBC that running it takes. */
package dev.tideline.sync.sql;
