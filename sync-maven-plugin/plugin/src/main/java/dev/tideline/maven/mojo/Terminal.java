package dev.tideline.maven.mojo;

import java.io.Console;
import org.apache.maven.execution.MavenSession;

/** Whether a person watches. */
final class Terminal {

    private Terminal() {}

    static boolean isInteractive(MavenSession session) {
        return session.getRequest().isInteractiveMode()
                && session.getRequest().getDegreeOfConcurrency() <= 1
                && isTerminal(System.console());
    }

    /** Since JDK 22 there is a console even without a terminal; only the method that is new there tells. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }
}
