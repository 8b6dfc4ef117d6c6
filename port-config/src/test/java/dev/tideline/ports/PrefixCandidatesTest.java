package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixCandidatesTest {
    private static final Path WORKSPACE = Path.of("/home/me/a");

    @Test
    void every_prefix_but_the_default_and_the_one_that_browsers_refuse_is_tried_once(@TempDir Path proc)
            throws Exception {
        assertThat(order(proc, "32768 60999"))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(11, 654)
                        .filter(prefix -> prefix != 81 && prefix != 60)
                        .boxed()
                        .toList());
    }

    @Test
    void quiet_blocks_with_five_digits_come_first_and_ephemeral_ones_last(@TempDir Path proc) throws Exception {
        List<Integer> order = order(proc, "32768 60999");
        int fiveDigits = (326 - 100 + 1) + (654 - 610 + 1);
        int fourDigits = 89 - 2;
        assertThat(order.subList(0, fiveDigits)).allMatch(p -> (p >= 100 && p <= 326) || p >= 610);
        assertThat(order.subList(fiveDigits, fiveDigits + fourDigits)).allMatch(p -> p < 100);
        assertThat(order.subList(fiveDigits + fourDigits, order.size())).allMatch(p -> p >= 327 && p <= 609);
    }

    @Test
    void the_workspaces_path_decides_where_to_begin(@TempDir Path proc) throws Exception {
        Files.writeString(proc.resolve("ip_local_port_range"), "32768 60999");
        PrefixCandidates candidates = PrefixCandidates.standard(EphemeralRange.read(proc));
        assertThat(candidates.inOrderFor(WORKSPACE)).isEqualTo(candidates.inOrderFor(WORKSPACE));
        assertThat(IntStream.range(0, 50)
                        .map(i ->
                                candidates.inOrderFor(Path.of("/home/me/" + i)).get(0))
                        .distinct()
                        .count())
                .isGreaterThan(25);
    }

    @Test
    void where_every_port_is_ephemeral_there_still_are_candidates(@TempDir Path proc) throws Exception {
        assertThat(order(proc, "1024 65535")).hasSize(654 - 11 + 1 - 2);
    }

    private static List<Integer> order(Path proc, String range) throws Exception {
        Files.writeString(proc.resolve("ip_local_port_range"), range);
        return PrefixCandidates.standard(EphemeralRange.read(proc)).inOrderFor(WORKSPACE);
    }
}
