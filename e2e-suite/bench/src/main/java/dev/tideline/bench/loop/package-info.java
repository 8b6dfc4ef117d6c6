/** The only package of the bench that waits. */
package dev.tideline.bench.loop;
