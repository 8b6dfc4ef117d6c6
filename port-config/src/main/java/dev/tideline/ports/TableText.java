package dev.tideline.ports;

/** The ports as columns: port, name, description. */
final class TableText {
    private TableText() {}

    static String of(WorkspacePorts ports) {
        int width = ports.table().services().stream()
                .mapToInt(service -> service.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder("Ports of " + ports.workspace().root() + ", prefix "
                + ports.prefix().value() + " from " + ports.prefix().origin() + "\n");
        for (ServicePort service : ports.table().services()) {
            text.append(String.format(
                    "  %-5d  %-" + width + "s  %s%n",
                    ports.prefix().port(service),
                    service.name(),
                    service.description() + (service.isPage() ? "  " + ports.url(service.name()) : "")));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
