/** The services of a workspace put together: its ports, its state, and who runs what. For whoever starts them. */
package dev.tideline.devservices.workspace;
