/** Which port belongs to which service of which workspace. */
package dev.tideline.ports;
