package dev.tideline.ports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Looks ports up in Linux's {@code /proc}: the socket's inode in {@code net/tcp}, its owner in {@code <pid>/fd}. */
record ProcPortOwners(Path proc) implements PortOwners {
    private static final String LISTEN = "0A";
    private static final String NO_INODE = "0";

    private record Socket(int port, boolean listening, long user, String inode) {}

    @Override
    public Map<Integer, PortOwner> find(Set<Integer> ports) {
        Map<Integer, Socket> sockets = new HashMap<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : lines(proc.resolve(table))) {
                Socket socket = parse(line);
                // Users look for a listener; a connection counts only if there is no listener.
                if (socket != null
                        && ports.contains(socket.port())
                        && (socket.listening() || !sockets.containsKey(socket.port()))) {
                    sockets.put(socket.port(), socket);
                }
            }
        }
        Map<String, TreeSet<Long>> holders = holders(sockets.values());
        Map<Integer, PortOwner> owners = new HashMap<>();
        sockets.forEach((port, socket) -> owners.put(port, owner(socket, holders.get(socket.inode()))));
        return owners;
    }

    /** Columns: slot, local address, remote address, state, queues, timer, retransmits, user, timeout, inode, … */
    private static Socket parse(String line) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < 10 || !columns[1].contains(":") || columns[9].equals(NO_INODE)) {
            return null; // the headline, or a connection that no process holds any more (TIME_WAIT)
        }
        int port = Integer.parseInt(columns[1].substring(columns[1].lastIndexOf(':') + 1), 16);
        return new Socket(port, columns[3].equals(LISTEN), Long.parseLong(columns[7]), columns[9]);
    }

    private Map<String, TreeSet<Long>> holders(Iterable<Socket> sockets) {
        Map<String, TreeSet<Long>> byInode = new HashMap<>();
        sockets.forEach(socket -> byInode.put(socket.inode(), new TreeSet<>()));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                addHeldBy(process, byInode);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What was found so far is still true.
        }
        return byInode;
    }

    private static void addHeldBy(Path process, Map<String, TreeSet<Long>> byInode) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                TreeSet<Long> pids = byInode.get(inode(descriptor));
                if (pids != null) {
                    pids.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Another user's process, or one that has just ended.
        }
    }

    private static String inode(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:[") ? target.substring(8, target.length() - 1) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private PortOwner owner(Socket socket, TreeSet<Long> pids) {
        if (pids.isEmpty()) {
            return new PortOwner(
                    OptionalLong.empty(),
                    OptionalLong.of(socket.user()),
                    Optional.empty(),
                    Optional.empty(),
                    socket.listening());
        }
        long pid = eldest(pids);
        Path process = proc.resolve(Long.toString(pid));
        List<String> arguments = zeroTerminated(process.resolve("cmdline"));
        return new PortOwner(
                OptionalLong.of(pid),
                OptionalLong.of(socket.user()),
                CommandText.of(arguments),
                OwnMarks.workspace(zeroTerminated(process.resolve("environ")), workingDirectory(process), arguments),
                socket.listening());
    }

    /**
     * Children inherit a listener (those of Postgres do); ending them does not free the port, so the parent is named.
     */
    private long eldest(TreeSet<Long> pids) {
        return pids.stream()
                .filter(pid -> !pids.contains(parent(pid)))
                .findFirst()
                .orElse(pids.first());
    }

    private long parent(long pid) {
        for (String line : lines(proc.resolve(pid + "/status"))) {
            if (line.startsWith("PPid:")) {
                return Long.parseLong(line.substring(5).strip());
            }
        }
        return -1;
    }

    private static Optional<Path> workingDirectory(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> zeroTerminated(Path file) {
        try {
            return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
