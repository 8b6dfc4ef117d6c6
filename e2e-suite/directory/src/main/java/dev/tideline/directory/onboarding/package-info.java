/** What new users have to do before they are let in, and who is affected by a change of that. */
package dev.tideline.directory.onboarding;
