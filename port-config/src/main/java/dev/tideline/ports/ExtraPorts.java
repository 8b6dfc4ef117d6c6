package dev.tideline.ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports that a project adds to the table for its own programs: suffixes of the workspace's block that the table leaves
 * free. The Maven plugin stores those in its POM in the workspace's file {@code .tideline/extra-ports}, so that tests
 * and programs outside of Maven find them, too.
 */
public final class ExtraPorts {
    /** The table's description of a port that the project added. */
    public static final String DESCRIPTION = "added by this project";

    private static final Pattern SUFFIX = Pattern.compile("[0-9]{2}");
    private static final Pattern LINE = Pattern.compile("([0-9]{2}) (\\S+)");
    private static final Map<Integer, String> ON_REQUEST =
            Map.of(PortTable.SMTPS, "SMTP over TLS", PortTable.POP3S, "POP3 over TLS");
    private static final int FIRST_PLACE = 60;
    private static final int BEYOND = 100;
    private static final Object WRITING = new Object();

    private ExtraPorts() {}

    /**
     * Parses ports by name, each with two digits, and returns them by suffix.
     *
     * @throws PortConfigException if a name or a suffix is invalid, is in the table already, or is given twice
     */
    public static List<ServicePort> of(Map<String, String> suffixes) {
        List<ServicePort> ports = new ArrayList<>();
        suffixes.forEach((name, suffix) -> ports.add(port(name.strip(), suffix == null ? "" : suffix.strip())));
        ports.sort(Comparator.comparingInt(ServicePort::suffix));
        for (int i = 1; i < ports.size(); i++) {
            if (ports.get(i).suffix() == ports.get(i - 1).suffix()) {
                throw new PortConfigException("The extra ports '"
                        + ports.get(i - 1).name() + "' and '"
                        + ports.get(i).name() + "' both have the suffix "
                        + ports.get(i).suffixText() + ". Give one of them another; free are " + someFree() + ".");
            }
        }
        return ports;
    }

    /** The standard table followed by these ports. */
    public static PortTable table(List<ServicePort> ports) {
        List<ServicePort> all = new ArrayList<>(PortTable.standard().services());
        all.addAll(ports);
        return new PortTable(all);
    }

    /**
     * The ports stored in a workspace, by suffix; lines that are damaged, or taken by a newer table, are left out.
     *
     * @throws PortConfigException if there is a file that cannot be read
     */
    public static List<ServicePort> of(Workspace workspace) {
        try {
            return Files.readAllLines(file(workspace), StandardCharsets.UTF_8).stream()
                    .map(ExtraPorts::parse)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingInt(ServicePort::suffix))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new PortConfigException(
                    "Cannot read the extra ports from " + file(workspace) + " (" + e
                            + "). Make it a readable text file, or delete it.",
                    e);
        }
    }

    /**
     * The stored ports and the given ones, by suffix; a given port replaces a stored one with the same name or suffix.
     * Modules of a build may each give their own.
     */
    public static List<ServicePort> of(Workspace workspace, List<ServicePort> given) {
        List<ServicePort> merged = new ArrayList<>(given);
        of(workspace).stream()
                .filter(old -> given.stream()
                        .noneMatch(port ->
                                port.suffix() == old.suffix() || port.name().equals(old.name())))
                .forEach(merged::add);
        merged.sort(Comparator.comparingInt(ServicePort::suffix));
        return merged;
    }

    /**
     * Adds a port for each of these services that has none: a suffix from 60 up derived from its name, so that it is
     * the same in each checkout; if that is taken, the next free one.
     *
     * @param workspace whose stored ports keep their suffixes
     * @param given from {@link #of(Map)}
     * @return the given ports, and one for each of the services
     * @throws PortConfigException if a name is in the table already, or no suffix is free
     */
    public static List<ServicePort> withPlacesFor(
            Collection<String> services, Workspace workspace, List<ServicePort> given) {
        List<ServicePort> ports = new ArrayList<>(given);
        for (String name : services) {
            List<ServicePort> all = of(workspace, ports);
            ports.add(all.stream()
                    .filter(port -> port.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> port(name, freePlace(name, all))));
        }
        return ports.stream()
                .distinct()
                .sorted(Comparator.comparingInt(ServicePort::suffix))
                .toList();
    }

    private static String freePlace(String name, List<ServicePort> taken) {
        int places = BEYOND - FIRST_PLACE;
        return IntStream.range(0, places)
                .map(step -> FIRST_PLACE + (Math.floorMod(name.hashCode(), places) + step) % places)
                .filter(suffix -> !ON_REQUEST.containsKey(suffix))
                .filter(suffix -> Stream.concat(PortTable.standard().services().stream(), taken.stream())
                        .noneMatch(port -> port.suffix() == suffix))
                .mapToObj(Integer::toString)
                .findFirst()
                .orElseThrow(() -> new PortConfigException("No suffix from " + FIRST_PLACE + " to " + (BEYOND - 1)
                        + " is free for the service '" + name + "'. Give it one in <extraPorts>, such as <" + name
                        + ">40</"
                        + name + ">."));
    }

    /**
     * Adds ports to the stored ones.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void remember(Workspace workspace, List<ServicePort> given) {
        Path file = file(workspace);
        synchronized (WRITING) {
            List<ServicePort> all = of(workspace, given);
            if (given.isEmpty() || all.equals(of(workspace))) {
                return;
            }
            try {
                Files.createDirectories(workspace.stateDirectory());
                Path half = Files.createTempFile(workspace.stateDirectory(), "extra-ports", ".half");
                Files.writeString(
                        half,
                        all.stream()
                                .map(port -> port.suffixText() + " " + port.name() + "\n")
                                .collect(Collectors.joining()));
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
        }
    }

    /**
     * Deletes the stored ports.
     *
     * @throws UncheckedIOException if the file cannot be deleted
     */
    public static void forget(Workspace workspace) {
        try {
            Files.deleteIfExists(file(workspace));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file(workspace), e);
        }
    }

    private static Path file(Workspace workspace) {
        return workspace.stateDirectory().resolve("extra-ports");
    }

    private static Optional<ServicePort> parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        try {
            return matcher.matches() ? Optional.of(port(matcher.group(2), matcher.group(1))) : Optional.empty();
        } catch (PortConfigException e) {
            return Optional.empty();
        }
    }

    private static ServicePort port(String name, String suffix) {
        if (!SUFFIX.matcher(suffix).matches()) {
            throw new PortConfigException("The extra port '" + name + "' has the suffix '" + suffix
                    + "'. Give two digits that are free, for example " + someFree() + ".");
        }
        PortTable.standard().find(name).ifPresent(taken -> {
            throw new PortConfigException("The extra port '" + name + "' has the name of a service of the port table ("
                    + taken.suffixText() + ", " + taken.description() + "). Give it another name.");
        });
        int number = Integer.parseInt(suffix);
        if (ON_REQUEST.containsKey(number)) {
            throw new PortConfigException("The extra port '" + name + "' has the suffix " + suffix
                    + ", which the mail server uses for " + ON_REQUEST.get(number) + ". Free are " + someFree() + ".");
        }
        PortTable.standard().services().stream()
                .filter(service -> service.suffix() == number)
                .findFirst()
                .ifPresent(taken -> {
                    throw new PortConfigException("The extra port '" + name + "' has the suffix " + suffix
                            + ", which the port table gives to " + taken.name() + ". Free are " + someFree() + ".");
                });
        try {
            return new ServicePort(number, name, ServicePort.Kind.TCP, DESCRIPTION);
        } catch (IllegalArgumentException e) {
            throw new PortConfigException("The extra port '" + name
                    + "' needs a name of lower-case words joined by hyphens, such as web-shop.");
        }
    }

    private static String someFree() {
        return IntStream.rangeClosed(40, 99)
                .filter(suffix -> PortTable.standard().services().stream().noneMatch(s -> s.suffix() == suffix))
                .limit(3)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
    }
}
