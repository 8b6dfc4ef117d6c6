/** Tenants: their keys, their settings, and the external databases of their rows. */
package dev.tideline.directory.tenants;
