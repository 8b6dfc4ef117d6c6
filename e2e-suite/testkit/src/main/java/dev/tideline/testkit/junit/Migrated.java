package dev.tideline.testkit.junit;

import dev.tideline.testkit.Migration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter of type {@link dev.tideline.testkit.ExternalDatabase} a copy of a migrated database. The migration runs once
 * in a run of tests, whichever classes use it.
 *
 * <ul>
 *   <li>On a test's parameter: a copy for this test, dropped afterwards.
 *   <li>On a parameter of a {@code @BeforeAll} method: a copy for the class, with one address, which is reset after each
 *       test. For applications that are started once. Not for tests that run at the same time.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Migrated {

    /** The migration, a class with a constructor without parameters. */
    Class<? extends Migration> value();
}
