/** Tells what an install will do, in the source and to each external database, before it happens. */
package dev.tideline.sync.plan;
