/** Starts, watches and stops the services of a build. */
package dev.tideline.devservices;
