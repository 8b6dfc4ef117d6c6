/** Operating system processes: how they are identified, run and ended. */
package dev.tideline.devservices.process;
