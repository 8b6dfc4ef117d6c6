package dev.tideline.bench.contestant;

/** The heap of every contestant's JVM, unless its heap is what is measured. */
public final class Heap {

    public static final int MEGABYTES = 512;

    private Heap() {}
}
