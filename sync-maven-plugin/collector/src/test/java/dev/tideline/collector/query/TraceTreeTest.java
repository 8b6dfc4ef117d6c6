package dev.tideline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tideline.collector.store.Arrived;
import dev.tideline.collector.store.Origin;
import dev.tideline.collector.store.StoredSpan;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arranging spans for the waterfall. */
class TraceTreeTest {

    private final List<SpanView> spans = new ArrayList<>();

    @Test
    void childrenStandUnderTheirParentByStartHoweverTheyArrived() throws Exception {
        add(3, 1, 30);
        add(2, 1, 20);
        add(4, 2, 25);
        add(1, 0, 10);
        assertThat(lines()).containsExactly("1@0", "2@1", "4@2", "3@1");
    }

    @Test
    void aSpanWhoseParentDidNotArriveIsAnOrphanRoot() throws Exception {
        add(1, 0, 10);
        add(5, 9, 5);
        assertThat(lines()).containsExactly("5@0?", "1@0");
    }

    @Test
    void ringsAndSpansThatAreTheirOwnParentAreShownOnce() throws Exception {
        add(1, 2, 10);
        add(2, 1, 20);
        add(3, 3, 30);
        assertThat(lines()).containsExactly("3@0?", "1@0?", "2@1");
    }

    @Test
    void aSpanSentTwiceIsShownTwice() throws Exception {
        add(1, 0, 10);
        add(2, 1, 20);
        add(2, 1, 20);
        add(3, 2, 30);
        assertThat(lines()).containsExactly("1@0", "2@1", "3@2", "2@1");
    }

    @Test
    void aVeryDeepTraceDoesNotOverflowTheStack() throws Exception {
        for (int i = 1; i <= 50_000; i++) {
            add(i, i - 1, i);
        }
        assertThat(lines()).hasSize(50_000).endsWith("50000@49999");
    }

    private List<String> lines() {
        return TraceTree.of(spans).rows().stream()
                .map(row -> row.span().item().spanId() + "@" + row.depth() + (row.orphan() ? "?" : ""))
                .toList();
    }

    private void add(int id, int parent, int start) throws Exception {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
                .setSpanId(bytes(id))
                .setParentSpanId(bytes(parent))
                .setStartTimeUnixNano(start)
                .build();
        Origin origin = Origin.read(new byte[0], new byte[0]);
        spans.add(new SpanView(new Arrived<>(spans.size() + 1, StoredSpan.read(origin, span.toByteArray()))));
    }

    private static ByteString bytes(int id) {
        return ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, (byte) (id >> 16), (byte) (id >> 8), (byte) id});
    }
}
