package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EphemeralRangeTest {
    @TempDir
    Path directory;

    @Test
    void a_block_that_touches_the_range_meets_it() throws IOException {
        EphemeralRange range = range("32768\t60999\n", "\n");
        assertThat(range.meets(326)).isFalse();
        assertThat(range.meets(327)).isTrue();
        assertThat(range.meets(609)).isTrue();
        assertThat(range.meets(610)).isFalse();
    }

    @Test
    void the_warning_says_what_will_happen_and_what_to_do() throws IOException {
        assertThat(range("32768\t60999\n", "\n").warning(new PortPrefix(400, "-Dtideline.portPrefix")))
                .contains(
                        "Port prefix 400 from -Dtideline.portPrefix uses ports 40000 to 40099, which overlap the range that"
                                + " the system uses for outgoing connections, 32768 to 60999, so a service will occasionally find its"
                                + " port taken. Use a prefix from 11 to 326, or reserve the block (sysctl -w"
                                + " net.ipv4.ip_local_reserved_ports=40000-40099).");
    }

    @Test
    void a_reserved_block_draws_no_warning() throws IOException {
        PortPrefix prefix = new PortPrefix(400, "a test");
        assertThat(range("32768 60999\n", "8080,40000-40099\n").warning(prefix)).isEmpty();
        assertThat(range("32768 60999\n", "40000-40098\n").warning(prefix)).isNotEmpty();
        assertThat(range("32768 60999\n", "nonsense\n").warning(prefix)).isNotEmpty();
    }

    @Test
    void a_range_from_the_first_port_on_leaves_only_reserving() throws IOException {
        assertThat(range("1024 65535\n", "\n").warning(new PortPrefix(81, "the default")))
                .contains(
                        "Port prefix 81 from the default uses ports 8100 to 8199, which overlap the range that the system"
                                + " uses for outgoing connections, 1024 to 65535, so a service will occasionally find its port taken."
                                + " Reserve the block (sysctl -w net.ipv4.ip_local_reserved_ports=8100-8199).");
    }

    @Test
    void where_the_system_does_not_say_the_usual_range_is_assumed_and_said_so() {
        EphemeralRange range = EphemeralRange.read(directory.resolve("missing"));
        assertThat(range.warning(new PortPrefix(490, "a test"))).isEmpty();
        assertThat(range.warning(new PortPrefix(491, "a test")))
                .contains(
                        "Port prefix 491 from a test uses ports 49100 to 49199, which overlap the range that the system"
                                + " uses for outgoing connections, 49152 to 65535 (assumed, since this system does not say), so a"
                                + " service will occasionally find its port taken. Use a prefix from 11 to 490.");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void this_machines_range_is_what_the_kernel_says() throws IOException {
        String[] ends = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .get(0)
                .split("\\s+");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[1]);
        String reserved = String.join("", Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports")));
        assumeTrue(reserved.isBlank(), "this machine has reserved ports");
        EphemeralRange range = EphemeralRange.current();
        for (int prefix = PortPrefix.MIN; prefix <= PortPrefix.MAX; prefix++) {
            assertThat(range.meets(prefix))
                    .as("prefix " + prefix)
                    .isEqualTo(prefix * 100 + 99 >= first && prefix * 100 <= last);
        }
    }

    private EphemeralRange range(String ports, String reserved) throws IOException {
        Files.writeString(directory.resolve("ip_local_port_range"), ports);
        Files.writeString(directory.resolve("ip_local_reserved_ports"), reserved);
        return EphemeralRange.read(directory);
    }
}
