/**
 * What a configured mapping means against the live source: tables, keys and columns with their types, resolved once and
 * immutable from then on. Every later stage works from these records and never reads the catalogue again.
 */
package dev.tideline.sync.mapping;
