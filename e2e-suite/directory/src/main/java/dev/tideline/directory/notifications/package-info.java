/** Which mail a user wants, and how it says so: preferences, and links to unsubscribe. */
package dev.tideline.directory.notifications;
