/** Access tokens (JWT, 10 minutes) and the refresh tokens that they are got with; the keys of tenants. */
package dev.tideline.directory.tokens;
