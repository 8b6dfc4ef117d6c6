package dev.tideline.demo;

import java.io.Console;
import java.io.PrintStream;

/** Prints lines, and one line that is updated in place on a terminal. For one thread. */
final class Terminal {

    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean live;
    private boolean open;

    Terminal(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Whether standard output is a terminal; since JDK 22 there is a console without one, too. */
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }

    /** A line that stays. */
    void say(String line) {
        out.println((open ? CLEAR : "") + line);
        out.flush();
        open = false;
    }

    /** Replaces the live line; does nothing without a terminal. */
    void show(String line) {
        if (live) {
            out.print(CLEAR + line);
            out.flush();
            open = true;
        }
    }
}
