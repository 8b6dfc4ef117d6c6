/** The only package that waits. */
package dev.tideline.directory.loop;
