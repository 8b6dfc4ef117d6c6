/** The only place of the demo that waits. */
package dev.tideline.demo.loop;
