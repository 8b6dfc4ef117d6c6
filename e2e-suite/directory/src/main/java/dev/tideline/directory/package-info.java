/**
 * The reference app: users, contact channels, teams and mail of many tenants, whose rows Tideline keeps in step with the
 * tenants' own databases. One package for each subject; in each of them rules are plain classes, a {@code …Store} is SQL
 * about one tenant in one transaction, and {@code …Routes} is HTTP. See docs/directory.md.
 */
package dev.tideline.directory;
