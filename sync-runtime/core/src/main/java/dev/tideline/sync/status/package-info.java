/** What the pipeline is doing, read from the source alone; no target is asked. */
package dev.tideline.sync.status;
