package dev.tideline.bench.peers;

import dev.tideline.e2e.ServerAddress;
import io.debezium.connector.jdbc.JdbcSinkConnectorTask;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;

/** Hands each batch of the engine to the sink's task, as Kafka Connect would do from a topic. For one thread at a time. */
final class JdbcSink implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private final JdbcSinkConnectorTask task = new JdbcSinkConnectorTask();
    private long offset;

    JdbcSink(String target) {
        ServerAddress address = ServerAddress.of(target);
        task.initialize(new SinkContext());
        task.start(Map.of(
                "connection.url",
                        "jdbc:postgresql://" + address + URI.create(target).getPath(),
                "connection.username", address.user(),
                "connection.password", address.password(),
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "delete.enabled", "true",
                "collection.name.format", "item"));
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        List<SinkRecord> records = new ArrayList<>(events.size());
        for (RecordChangeEvent<SourceRecord> event : events) {
            SourceRecord record = event.record();
            records.add(new SinkRecord(
                    record.topic(),
                    0,
                    record.keySchema(),
                    record.key(),
                    record.valueSchema(),
                    record.value(),
                    offset++));
        }
        task.put(records);
        for (RecordChangeEvent<SourceRecord> event : events) {
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }
}
