/** The tenants' external databases: which there are, and sessions with them. */
package dev.tideline.sync.target;
