package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DevcontainerTest {

    @Test
    void forwards_the_ports_of_the_table_and_no_others() throws IOException {
        String file = Files.readString(Path.of("..", ".devcontainer", "devcontainer.json"));
        Matcher forwarded = Pattern.compile("\"forwardPorts\": \\[([^]]*)]").matcher(file);
        assertThat(forwarded.find()).isTrue();
        List<String> ports =
                Stream.of(forwarded.group(1).split(",")).map(String::strip).toList();
        assertThat(ports)
                .containsExactlyElementsOf(PortTable.standard().services().stream()
                        .map(service -> String.format("81%02d", service.suffix()))
                        .collect(Collectors.toList()));
    }
}
