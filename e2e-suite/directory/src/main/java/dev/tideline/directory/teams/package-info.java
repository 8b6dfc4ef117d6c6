/** Teams, who is in them, what they may do, and invitations by mail. */
package dev.tideline.directory.teams;
