package dev.tideline.bench.contestant;

/** What every contestant's JVM may use, unless its heap is what is measured. */
public final class Heap {

    public static final int MEGABYTES = 512;

    private Heap() {}
}
