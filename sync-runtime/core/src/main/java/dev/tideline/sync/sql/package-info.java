/** SQL from resources, one operation per file, and the few lines of JDBC that run it. */
package dev.tideline.sync.sql;
