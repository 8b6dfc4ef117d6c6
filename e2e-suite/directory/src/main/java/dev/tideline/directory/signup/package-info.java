/** How a session begins: signing up, signing up without a name, signing in. */
package dev.tideline.directory.signup;
