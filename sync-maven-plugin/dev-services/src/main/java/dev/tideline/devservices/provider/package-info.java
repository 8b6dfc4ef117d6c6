/** How services are run. {@code embedded} runs them as processes of this machine. */
package dev.tideline.devservices.provider;
