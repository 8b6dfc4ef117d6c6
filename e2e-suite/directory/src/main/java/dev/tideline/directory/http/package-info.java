/** What every handler needs: routes that describe themselves, who calls, bodies that name the wrong field, errors as JSON. */
package dev.tideline.directory.http;
