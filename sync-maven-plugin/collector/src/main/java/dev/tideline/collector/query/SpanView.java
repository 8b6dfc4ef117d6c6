package dev.tideline.collector.query;

import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.StoredSpan;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Optional;

public final class SpanView implements View<StoredSpan> {

    private final Arrived<StoredSpan> arrived;
    private Span span;

    public SpanView(Arrived<StoredSpan> arrived) {
        this.arrived = arrived;
    }

    public Span span() {
        if (span == null) {
            span = arrived.item().decode();
        }
        return span;
    }

    @Override
    public long sequence() {
        return arrived.sequence();
    }

    @Override
    public StoredSpan item() {
        return arrived.item();
    }

    @Override
    public String name() {
        return item().name();
    }

    @Override
    public Optional<String> attribute(String key) {
        return Attributes.find(span().getAttributesList(), key)
                .or(() -> Attributes.find(item().origin().resource().getAttributesList(), key));
    }
}
