/** What new users have to do before they are let in, and whom a change of that will hit. */
package dev.tideline.directory.onboarding;
