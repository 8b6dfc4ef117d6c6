package dev.tideline.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The store without a server. */
class BoundedLogTest {

    @Test
    void bytesAreBoundedAndAccountedForToTheLast() throws Exception {
        long bound = 64 * 1024;
        BoundedLog<StoredLog> log = new BoundedLog<>(new Bounds(1_000_000, bound));
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            log.append(List.of(record(log, "service-" + random.nextInt(9), "x".repeat(random.nextInt(500)))));
            Holdings holdings = log.holdings();
            assertThat(holdings.bytes()).isLessThanOrEqualTo(bound).isEqualTo(counted(log));
            assertThat(holdings.items() + holdings.dropped()).isEqualTo(holdings.received());
        }
        log.clear();
        assertThat(log.holdings())
                .isEqualTo(new Holdings(0, 0, 2_000, log.holdings().dropped()));
    }

    @Test
    void itemsOfOneSenderShareItsResource() throws Exception {
        BoundedLog<StoredLog> log = new BoundedLog<>(new Bounds(100, 1 << 20));
        log.append(List.of(record(log, "a", "1")));
        log.append(List.of(record(log, "a", "2")));
        List<Arrived<StoredLog>> held = log.snapshot();
        assertThat(held.get(1).item().origin()).isSameAs(held.get(0).item().origin());
    }

    @Test
    void aFollowerMissesNothing() throws Exception {
        BoundedLog<StoredLog> log = new BoundedLog<>(new Bounds(100, 1 << 20));
        log.append(List.of(record(log, "a", "before")));
        List<Long> seen = new ArrayList<>();
        List<Arrived<StoredLog>> before = log.follow(batch -> batch.forEach(arrived -> seen.add(arrived.sequence())));
        log.append(List.of(record(log, "a", "after"), record(log, "a", "after")));
        assertThat(before).extracting(Arrived::sequence).containsExactly(1L);
        assertThat(seen).containsExactly(2L, 3L);
    }

    private static long counted(BoundedLog<StoredLog> log) {
        List<Arrived<StoredLog>> held = log.snapshot();
        long items = held.stream().mapToLong(arrived -> arrived.item().weight()).sum();
        long origins = held.stream()
                .map(arrived -> arrived.item().origin())
                .distinct()
                .mapToLong(Origin::weight)
                .sum();
        return items + origins;
    }

    private static StoredLog record(BoundedLog<StoredLog> log, String service, String body) throws Exception {
        Resource resource = Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue(service)))
                .build();
        Origin origin = log.shared(Origin.read(resource.toByteArray(), new byte[0]));
        LogRecord logRecord = LogRecord.newBuilder()
                .setBody(AnyValue.newBuilder().setStringValue(body))
                .build();
        return StoredLog.read(origin, logRecord.toByteArray());
    }
}
