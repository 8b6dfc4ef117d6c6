/** The plugin: services of a build, started, watched and stopped. */
package dev.tideline.devservices;
