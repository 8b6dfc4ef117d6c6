/**
 * The services without Maven: a command line for Gradle, IDEs and shells. Only its artifact resolver knows Maven
 * repositories.
 */
package dev.tideline.devservices.standalone;
