/** Connects a Spring Boot application to the services of its workspace. Being on the class path is all that it needs. */
package dev.tideline.testkit.spring;
