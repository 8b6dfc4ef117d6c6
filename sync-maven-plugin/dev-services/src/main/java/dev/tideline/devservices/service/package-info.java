/** What each development service needs and offers, whatever provider runs it. */
package dev.tideline.devservices.service;
