package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The workflow of the code's home: its ports are those of the table, and it looks at what only a second run shows. */
class WorkflowTest {

    private static final Path FILE = Path.of("..", ".github", "workflows", "verify.yml");

    @Test
    void looks_for_leftovers_on_all_ports_of_the_table_and_no_other() throws Exception {
        Matcher list = Pattern.compile("PORTS: ([0-9 ]+)").matcher(Files.readString(FILE));
        assertThat(list.find()).isTrue();
        List<Integer> ports = Arrays.stream(list.group(1).strip().split(" "))
                .map(Integer::valueOf)
                .toList();
        assertThat(ports)
                .containsExactlyElementsOf(PortTable.standard().services().stream()
                        .map(service -> PortPrefix.DEFAULT * 100 + service.suffix())
                        .toList());
    }

    @Test
    void names_no_other_port() throws Exception {
        List<Integer> numbers = Pattern.compile("\\b[1-9][0-9]{3,4}\\b")
                .matcher(Files.readString(FILE))
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .distinct()
                .toList();
        assertThat(PortTable.standard().services().stream()
                        .map(service -> PortPrefix.DEFAULT * 100 + service.suffix())
                        .toList())
                .containsAll(numbers);
    }

    @Test
    void runs_on_both_jdks_and_on_several_valid_prefixes() throws Exception {
        String file = Files.readString(FILE);
        List<String> prefixes = Pattern.compile("prefix: \"([^\"]+)\"")
                .matcher(file)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
        assertThat(prefixes)
                .contains(Integer.toString(PortPrefix.DEFAULT), "auto")
                .hasSizeGreaterThan(2);
        assertThat(prefixes)
                .filteredOn(prefix -> !prefix.equals("auto"))
                .allSatisfy(prefix -> assertThat(new PortPrefix(Integer.parseInt(prefix), FILE.toString()).value())
                        .isPositive());
        assertThat(file).contains("java: \"17\"").contains("java: \"25\"");
        assertThat(file).contains("provider: [embedded, docker]");
    }
}
