package dev.tideline.collector.query;

import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.StoredLog;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Optional;

public final class LogView implements View<StoredLog> {

    private final Arrived<StoredLog> arrived;
    private LogRecord log;

    public LogView(Arrived<StoredLog> arrived) {
        this.arrived = arrived;
    }

    public LogRecord log() {
        if (log == null) {
            log = arrived.item().decode();
        }
        return log;
    }

    public String body() {
        return Attributes.text(log().getBody());
    }

    @Override
    public long sequence() {
        return arrived.sequence();
    }

    @Override
    public StoredLog item() {
        return arrived.item();
    }

    @Override
    public String name() {
        return body();
    }

    @Override
    public Optional<String> attribute(String key) {
        return Attributes.find(log().getAttributesList(), key)
                .or(() -> Attributes.find(item().origin().resource().getAttributesList(), key));
    }
}
