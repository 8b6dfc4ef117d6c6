/** What each development service needs and offers, whoever runs it. */
package dev.tideline.devservices.service;
