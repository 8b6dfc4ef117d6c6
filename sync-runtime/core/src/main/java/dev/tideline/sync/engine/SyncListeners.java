package dev.tideline.sync.engine;

import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes events on to several listeners, one after the other. Safe for use by many threads. */
public final class SyncListeners implements SyncListener {

    private final List<SyncListener> listeners;

    public SyncListeners(SyncListener... listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    public void add(SyncListener listener) {
        listeners.add(listener);
    }

    public void remove(SyncListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void copyStarted(ExternalDatabase target, Mapping mapping) {
        listeners.forEach(l -> l.copyStarted(target, mapping));
    }

    @Override
    public void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {
        listeners.forEach(l -> l.copied(target, mapping, rows, total));
    }

    @Override
    public void copyFinished(ExternalDatabase target, Mapping mapping, long total) {
        listeners.forEach(l -> l.copyFinished(target, mapping, total));
    }

    @Override
    public void parked(ExternalDatabase target, Mapping mapping, int rows) {
        listeners.forEach(l -> l.parked(target, mapping, rows));
    }

    @Override
    public void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {
        listeners.forEach(l -> l.applied(target, mapping, rows, gone, cursor));
    }

    @Override
    public void requestDone(String tenant) {
        listeners.forEach(l -> l.requestDone(tenant));
    }
}
