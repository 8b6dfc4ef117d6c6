/** The only place of this module that waits. */
package dev.tideline.devservices.loop;
