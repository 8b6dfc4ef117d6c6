/** The tenants' external databases, and sessions with them. */
package dev.tideline.sync.target;
