/** The services without Maven: a command line for Gradle, IDEs and shells. Only its resolver of artifacts knows Maven repositories. */
package dev.tideline.devservices.standalone;
