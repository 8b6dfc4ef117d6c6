/** Operating system processes: which one is ours, and how it is run and ended. */
package dev.tideline.devservices.process;
