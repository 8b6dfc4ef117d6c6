package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.CustomService;
import dev.tideline.devservices.service.ReadyWhen;
import dev.tideline.devservices.service.ServiceType;
import java.io.IOException;

/** The text in a container's log that shows when the service is ready, for those that wait for one. Each line is read once. */
final class AwaitedLine implements AutoCloseable {

    private final ContainerLog log;
    private final String text;
    private boolean seen;

    AwaitedLine(ServiceType type, ContainerLog log) {
        this.log = log;
        text = type instanceof CustomService custom && custom.readyWhen().kind() == ReadyWhen.Kind.LOG
                ? custom.readyWhen().argument()
                : "";
        seen = text.isEmpty();
    }

    void require() throws IOException {
        seen = seen || log.added().stream().anyMatch(line -> line.contains(text));
        if (!seen) {
            throw new IOException("its log has not shown '" + text + "'");
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
