package dev.tideline.e2e.suite;

import dev.tideline.testkit.junit.TidelineExtension;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests of the whole, through HTTP, SMTP and SQL. They run beside each other and get what they ask for as parameters: a {@link
 * Suite}, and tenants, mailboxes and external databases of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({SuiteExtension.class, TidelineExtension.class})
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120) // Means that it hangs: the waits within have limits of their own.
public @interface EndToEnd {}
