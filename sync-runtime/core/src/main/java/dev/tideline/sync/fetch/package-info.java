/** The fourth stage: reads the current rows of the changes behind a cursor, without parsing them. */
package dev.tideline.sync.fetch;
