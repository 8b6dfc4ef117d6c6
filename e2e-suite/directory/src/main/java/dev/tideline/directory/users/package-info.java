/** Users: what they are, when they are restricted and why, lists, and changes that give a user its next version. */
package dev.tideline.directory.users;
