/** The fourth stage: reads the current rows of what changed behind a cursor, without parsing them. */
package dev.tideline.sync.fetch;
