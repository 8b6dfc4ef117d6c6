package dev.tideline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starting and stopping. */
class CollectorStartTest {

    /** At an address of this process alone: at 127.0.0.1 any program may be given the port that was free a moment ago. */
    @Test
    void aTakenPortIsNamedAndNothingIsLeftListening() throws Exception {
        long pid = ProcessHandle.current().pid();
        InetAddress own = InetAddress.getByName("127.81." + (pid >> 8 & 0xff) + "." + (pid & 0xff));
        try (ServerSocket taken = new ServerSocket(0, 1, own)) {
            int free;
            try (ServerSocket another = new ServerSocket(0, 1, own)) {
                free = another.getLocalPort();
            }
            CollectorConfig config =
                    CollectorConfig.DEFAULT.boundTo(own.getHostAddress()).onPorts(free, taken.getLocalPort());
            assertThatThrownBy(() -> Collector.start(config))
                    .isInstanceOf(CollectorException.class)
                    .hasMessage("The collector's traces page cannot listen on " + own.getHostAddress() + ":"
                            + taken.getLocalPort()
                            + ": Address already in use. Stop what holds the port, or choose another port prefix.");
            new ServerSocket(free, 1, own).close();
        }
    }

    @Test
    void inAWarmJvmItStartsWithin150Milliseconds() {
        Collector.start(CollectorConfig.DEFAULT).close();
        List<Duration> took = IntStream.range(0, 5)
                .mapToObj(i -> {
                    long began = System.nanoTime();
                    Collector collector = Collector.start(CollectorConfig.DEFAULT);
                    Duration duration = Duration.ofNanos(System.nanoTime() - began);
                    collector.close();
                    return duration;
                })
                .sorted()
                .toList();
        // The best of five: the machine may be busy with other tests, the collector may not be slow.
        assertThat(took.get(0)).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void aConfigurationThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> CollectorConfig.DEFAULT.onPorts(8131, 8131))
                .hasMessage("otlpPort and pagePort are both 8131");
        assertThatThrownBy(() -> CollectorConfig.DEFAULT.onPorts(-1, 0))
                .hasMessage("otlpPort must be from 0 to 65535, not -1");
        assertThatThrownBy(() -> CollectorLimits.DEFAULT.requests(1 << 20, 1 << 20, 1 << 20))
                .hasMessage("inFlightBytes must be at least 34 times itemBytes (35651584), not 1048576");
        assertThat(CollectorConfig.DEFAULT.allowing(Set.of("a")).allowedHosts()).containsExactly("a");
    }
}
