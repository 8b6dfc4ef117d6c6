/** Accounts at other providers that users have connected. */
package dev.tideline.directory.accounts;
