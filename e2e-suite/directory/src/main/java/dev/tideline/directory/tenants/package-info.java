/** Tenants: their keys, their settings, and the external databases that their rows go to. */
package dev.tideline.directory.tenants;
