/**
 * What every handler needs: self-describing routes, callers, bodies with errors that name the wrong field, errors as
 * JSON.
 */
package dev.tideline.directory.http;
