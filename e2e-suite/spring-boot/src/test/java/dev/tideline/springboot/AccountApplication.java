package dev.tideline.springboot;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with a database; what else it has, the class path says. */
@SpringBootApplication
public class AccountApplication {}
