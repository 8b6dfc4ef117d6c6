package dev.tideline.devservices.provider.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates and starts the container of one service and waits until the service answers. */
record ContainerStart(DockerEngine engine, ContainerLabels labels, ServiceType type, ServiceImage image) {

    private static final int TAIL_LINES = 20;
    private static final long SHARED_MEMORY_BYTES = 256L << 20;

    /** The same size to which a log file of an embedded service may grow. */
    private static final Map<String, String> LOG_OPTIONS = Map.of("max-size", "10m", "max-file", "1");

    /** Returns when the service has answered; throws with the end of its log if it does not. */
    void run(ServiceRecord record, ServiceSpec spec, Map<String, String> marks, Duration limit) {
        String name = labels.container(record.service());
        Containers containers = new Containers(engine);
        // A container left under this name was checked to be ours, or dead.
        containers.find(name).ifPresent(left -> containers.remove(left.id()));
        String id;
        try {
            id = create(name, record, spec, marks);
        } catch (DockerException e) {
            throw cannotStart(record, name, Containers.reason(e), e);
        }
        try {
            engine.ask(client -> client.startContainerCmd(id).exec());
        } catch (DockerException e) {
            containers.remove(id);
            throw cannotStart(record, name, Containers.reason(e) + publishers(record, containers), e);
        }
        awaitAnswer(record, id, name, limit, containers);
    }

    private String create(String name, ServiceRecord record, ServiceSpec spec, Map<String, String> marks) {
        Map<String, String> environment = new LinkedHashMap<>(image.environment(spec));
        environment.putAll(marks);
        environment.putAll(spec.environment());
        Ports bindings = new Ports();
        image.ports()
                .forEach((port, inside) -> bindings.add(new PortBinding(
                        Ports.Binding.bindIpAndPort(
                                record.address().host(), record.address().port(port)),
                        ExposedPort.tcp(inside))));
        HostConfig host = HostConfig.newHostConfig()
                .withPortBindings(bindings)
                .withShmSize(SHARED_MEMORY_BYTES)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_OPTIONS));
        image.dataFolder().ifPresent(folder -> {
            String volume = new Volumes(engine, labels).require(record.service());
            host.withBinds(new Bind(volume, new Volume(folder)));
        });
        return engine.ask(client -> {
            CreateContainerCmd command = client.createContainerCmd(image.reference(spec))
                    .withName(name)
                    .withLabels(labels.of(record.service(), record.token()))
                    .withEnv(environment.entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .toList())
                    .withExposedPorts(image.ports().values().stream()
                            .map(ExposedPort::tcp)
                            .toList())
                    .withHostConfig(host);
            image.endSignal().ifPresent(command::withStopSignal);
            List<String> words = image.command(spec, record.token());
            return (words.isEmpty() ? command : command.withCmd(words)).exec().getId();
        });
    }

    private void awaitAnswer(ServiceRecord record, String id, String name, Duration limit, Containers containers) {
        ContainerProbe probe = new ContainerProbe(containers, type);
        Exception[] last = new Exception[1];
        Optional<String> end;
        try (AwaitedLine line = new AwaitedLine(type, new ContainerLog(engine, id))) {
            end = Poll.until(limit, () -> {
                try {
                    probe.ask(record, id);
                    line.require();
                    return Optional.of("");
                } catch (Exception noAnswerYet) {
                    last[0] = noAnswerYet;
                }
                Optional<FoundContainer> container = containers.find(id);
                return container.filter(FoundContainer::running).isPresent()
                        ? Optional.empty()
                        : Optional.of(container.map(FoundContainer::end).orElse("was removed"));
            });
        }
        if (end.equals(Optional.of(""))) {
            return;
        }
        String what = end.map(how -> how + " while it started")
                .orElse("was not ready within " + limit.toSeconds() + " s (" + last[0].getMessage() + ")");
        List<String> tail = containers.tail(id, TAIL_LINES);
        keep(record, containers.tail(id, Integer.MAX_VALUE));
        containers.remove(id);
        throw new DevServicesException(
                "Service " + record.service() + " on " + record.portsInWords() + " is not ready: container " + name
                        + " (" + record.version() + ") " + what + ".\nEnd of its log, kept in " + record.log()
                        + ":\n  " + (tail.isEmpty() ? "(nothing was logged)" : String.join("\n  ", tail))
                        + image.advice(tail),
                last[0]);
    }

    /** A container's log is deleted with it, so it is saved where the logs of embedded services are. */
    static void keep(ServiceRecord record, List<String> lines) {
        try {
            new LogFile(record.log()).prepare();
            Files.writeString(
                    record.log(),
                    String.join("\n", lines) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException notWritable) {
            // The log is a convenience; the service has ended, and that is what counts.
        }
    }

    private static String publishers(ServiceRecord record, Containers containers) {
        StringBuilder text = new StringBuilder();
        record.ports()
                .forEach((port, number) -> containers
                        .publisherOf(number)
                        .ifPresent(holder -> text.append("; port ")
                                .append(number)
                                .append(" (")
                                .append(port)
                                .append(") is published by container ")
                                .append(holder)));
        return text.toString();
    }

    private static DevServicesException cannotStart(ServiceRecord record, String name, String why, Exception cause) {
        return new DevServicesException(
                "Service " + record.service() + " on " + record.portsInWords() + " cannot be started as container "
                        + name + " (" + record.version() + "): " + why
                        + ". Correct that and start again, or use another prefix (-Dtideline.portPrefix=auto).",
                cause);
    }
}
