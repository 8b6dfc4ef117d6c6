/** Teams, their members and permissions, and invitations by mail. */
package dev.tideline.directory.teams;
