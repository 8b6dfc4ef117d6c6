/** Users: their data, restrictions with their reasons, lists, and changes that raise a user's version. */
package dev.tideline.directory.users;
