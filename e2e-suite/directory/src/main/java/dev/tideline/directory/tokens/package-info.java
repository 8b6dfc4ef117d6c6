/** Access tokens (JWT, 10 minutes) and the refresh tokens for them; the keys of tenants. */
package dev.tideline.directory.tokens;
