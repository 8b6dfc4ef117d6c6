/** A client for users of the app, whose access token keeps up with what the user is. */
package dev.tideline.directory.client;
