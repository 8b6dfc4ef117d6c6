/** The only package here that waits. */
package dev.tideline.e2e.loop;
