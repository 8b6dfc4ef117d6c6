/** The only package of this module that waits. */
package dev.tideline.devservices.loop;
