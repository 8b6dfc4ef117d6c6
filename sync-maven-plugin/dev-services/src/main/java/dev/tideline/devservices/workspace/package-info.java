/** Combines the services of a workspace: its ports, its state, and its providers. */
package dev.tideline.devservices.workspace;
