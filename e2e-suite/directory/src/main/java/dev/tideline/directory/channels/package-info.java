/** Addresses of users: which one is primary, which one signs in, and how one is verified. */
package dev.tideline.directory.channels;
