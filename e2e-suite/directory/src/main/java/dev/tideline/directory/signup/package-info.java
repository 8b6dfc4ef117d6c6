/** How a session begins: signing up, signing up anonymously, signing in. */
package dev.tideline.directory.signup;
