/** The only place of the bench that waits for a time. */
package dev.tideline.bench.loop;
