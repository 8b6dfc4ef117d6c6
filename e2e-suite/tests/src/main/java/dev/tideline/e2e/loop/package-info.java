/** The only place here that waits. */
package dev.tideline.e2e.loop;
