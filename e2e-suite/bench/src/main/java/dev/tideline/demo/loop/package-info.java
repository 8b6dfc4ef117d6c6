/** The only package of the demo that waits. */
package dev.tideline.demo.loop;
