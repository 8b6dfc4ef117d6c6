package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.provider.FileLog;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.provider.ServiceLog;
import dev.tideline.devservices.service.CollectorService;
import dev.tideline.devservices.service.CustomService;
import dev.tideline.devservices.service.MailService;
import dev.tideline.devservices.service.ReadyWhen;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs services as containers. A container is ours if its labels name this workspace and prefix, and belongs to a
 * record if they have the record's token. Thread-safe.
 */
public final class DockerProvider implements Provider {

    public static final String NAME = "docker";

    /** The same limit as for the embedded server: time for a checkpoint of everything in memory. */
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private static final Map<String, ServiceImage> IMAGES = Map.of(
            "postgres",
            new PostgresImage("postgres"),
            "external-postgres",
            new PostgresImage("external-postgres"),
            MailService.NAME,
            new MailImage(),
            CollectorService.NAME,
            new CollectorImage());

    private final DockerEngine engine;
    private final ContainerLabels labels;
    private final ServiceCatalogue catalogue;
    private final Images images;
    private final Containers containers;
    private final Volumes volumes;

    /**
     * @param address where the engine is; called when the engine is needed
     * @param pulling receives pulled images; empty if none may be pulled
     */
    public DockerProvider(
            Supplier<EngineAddress> address,
            Path workspace,
            int prefix,
            ServiceCatalogue catalogue,
            Optional<PullProgress> pulling) {
        this.engine = new DockerEngine(address);
        this.labels = new ContainerLabels(workspace, prefix);
        this.catalogue = catalogue;
        this.images = new Images(engine, pulling);
        this.containers = new Containers(engine);
        this.volumes = new Volumes(engine, labels);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Whether there is an image for a service; some services only run as processes of this machine. */
    public static boolean runs(String service) {
        return IMAGES.containsKey(service);
    }

    /** Why services cannot be run now, without pulling anything; in words without a full stop, empty if they can. */
    public Optional<String> obstacle(List<ServiceSpec> specs) {
        try {
            if (!engine.address().isListening()) {
                return Optional.of(
                        "no Docker engine answers at " + engine.address().inWords());
            }
            List<String> missing = specs.stream()
                    .filter(spec -> runs(spec.name()))
                    .map(spec -> IMAGES.get(spec.name()).reference(spec))
                    .distinct()
                    .filter(reference -> images.id(reference).isEmpty())
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the Docker engine at " + engine.address().inWords() + " has no image "
                            + String.join(", ", missing) + ", and only provider docker pulls images");
        } catch (DevServicesException notUsable) {
            return Optional.of(notUsable.getMessage().replaceFirst("\\.$", ""));
        }
    }

    @Override
    public Prepared prepare(ServiceSpec spec) {
        ServiceImage image = image(spec);
        requireSensible(spec, image);
        if (spec.isCustom() && !engine.address().isListening()) {
            throw new DevServicesException("Service " + spec.name() + " runs the image " + spec.image()
                    + " and needs Docker, but no Docker engine answers at "
                    + engine.address().inWords()
                    + ". Start Docker, or name the services that you need without " + spec.name()
                    + " in -Dtideline.services=….");
        }
        containers.find(labels.container(spec.name())).ifPresent(this::requireReplaceable);
        String reference = image.reference(spec);
        Prepared prepared = new Prepared(reference + " (" + images.require(spec, reference) + ")", "");
        if (asksForHealth(spec) && !images.hasHealthCheck(reference)) {
            throw new DevServicesException(
                    "Service " + spec.name() + " has <wait>healthy</wait>, but the image " + reference
                            + " has no HEALTHCHECK. Give <wait>tcp</wait>, <wait>http:/path</wait> or <wait>log:text</wait>.");
        }
        return prepared;
    }

    @Override
    public ServiceRecord start(
            ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit) {
        // Checked again, because whatever has the name is removed now, and minutes of pulling may lie between.
        containers.find(labels.container(record.service())).ifPresent(this::requireReplaceable);
        new ContainerStart(engine, labels, catalogue.type(spec), image(spec)).run(record, spec, environment, limit);
        return record;
    }

    /** Empty also if the engine does not answer: a start with another provider must be possible then. */
    @Override
    public Optional<ServiceRecord> find(ServiceRecord record) {
        try {
            return container(record).filter(FoundContainer::running).map(running -> record);
        } catch (EngineGoneException gone) {
            return Optional.empty();
        }
    }

    @Override
    public String absence(ServiceRecord record) {
        try {
            return "its container " + labels.container(record.service()) + " "
                    + container(record).map(FoundContainer::end).orElse("is gone");
        } catch (EngineGoneException gone) {
            return gone.getMessage();
        }
    }

    @Override
    public void probe(ServiceRecord record, ServiceType type) throws Exception {
        new ContainerProbe(containers, type).ask(record, labels.container(record.service()));
    }

    /**
     * The log is read after the container has ended, so that its last lines are kept, and while the engine cleans up.
     */
    @Override
    public void stop(ServiceRecord record) {
        container(record).ifPresent(container -> {
            String id = container.id();
            known(record.service())
                    .flatMap(ServiceImage::endSignal)
                    .ifPresentOrElse(
                            signal -> containers.end(id, signal, END_LIMIT, () -> serves(record)),
                            () -> containers.signal(id, "SIGKILL"));
            List<String> log = containers.tail(id, Integer.MAX_VALUE);
            containers.remove(id);
            ContainerStart.keep(record, log);
        });
    }

    @Override
    public ServiceLog log(ServiceRecord record) {
        return container(record)
                .<ServiceLog>map(container -> new ContainerLog(engine, container.id()))
                .orElseGet(() -> new FileLog(new LogFile(record.log())));
    }

    @Override
    public Path dataFolder(String service, Path usual) {
        return Path.of("");
    }

    @Override
    public String dataIdentity(ServiceRecord record) {
        return known(record.service())
                .flatMap(ServiceImage::dataFolder)
                .map(folder -> volumes.identity(record.service()))
                .orElse("");
    }

    @Override
    public void deleteData(ServiceRecord record) {
        volumes.delete(record.service());
    }

    @Override
    public boolean deleteAllData() {
        if (!engine.address().isListening()) {
            return false;
        }
        volumes.deleteAll();
        return true;
    }

    @Override
    public void sweep(List<ServiceRecord> known, Consumer<String> note) {
        if (!engine.address().isListening()) {
            return; // whoever needs the engine says for which service
        }
        List<String> tokens = known.stream().map(ServiceRecord::token).toList();
        for (FoundContainer container : containers.labelled(labels.ofWorkspace())) {
            if (!tokens.contains(container.labels().get(ContainerLabels.TOKEN))) {
                containers.remove(container.id());
                note.accept("Removed container " + container.name() + ", which a killed build had left behind.");
            }
        }
    }

    /** Runs once without effect through everything that stopping uses. */
    @Override
    public void preload() {
        String nobody = labels.container("preload");
        containers.end(nobody, "SIGINT", END_LIMIT, () -> false);
        containers.awaitEnd(nobody, END_LIMIT);
        containers.remove(nobody);
        containers.tail(nobody, 1);
        containers.find(nobody);
    }

    private static ServiceImage image(ServiceSpec spec) {
        return spec.isCustom() ? new CustomImage(spec.name(), spec.port()) : IMAGES.get(spec.name());
    }

    private static Optional<ServiceImage> known(String service) {
        return Optional.ofNullable(IMAGES.get(service));
    }

    private boolean asksForHealth(ServiceSpec spec) {
        return catalogue.type(spec) instanceof CustomService custom
                && custom.readyWhen().kind() == ReadyWhen.Kind.HEALTHY;
    }

    private boolean serves(ServiceRecord record) {
        try {
            catalogue.type(record).probe(record.address());
            return true;
        } catch (Exception noAnswer) {
            return false;
        }
    }

    /** The container of a record: by name, and its token must match. */
    private Optional<FoundContainer> container(ServiceRecord record) {
        return containers
                .find(labels.container(record.service()))
                .filter(container -> labels.areOurs(container.labels()))
                .filter(container -> record.token().equals(container.labels().get(ContainerLabels.TOKEN)));
    }

    private void requireReplaceable(FoundContainer container) {
        Map<String, String> found = container.labels();
        String name = container.name();
        if (!ContainerLabels.TIDELINE.equals(found.get(ContainerLabels.PRODUCT))) {
            throw new DevServicesException("There is a container " + name + " already, and it is not one of Tideline's."
                    + " Rename it with `docker rename`, or use another prefix (-Dtideline.portPrefix=auto).");
        }
        if (!labels.areOurs(found) && container.running()) {
            throw new DevServicesException("Container " + name + " runs for another workspace, "
                    + found.get(ContainerLabels.WORKSPACE)
                    + ". Run `mvn sync:stop` there, or use another prefix (-Dtideline.portPrefix=auto).");
        }
    }

    private static void requireSensible(ServiceSpec spec, ServiceImage image) {
        if (!spec.image().isBlank() && !spec.version().isBlank()) {
            throw refused(spec, "both an image and a version are given. Leave out one of them");
        }
        if (image.isDatabase()) {
            return;
        }
        if (!spec.settings().isEmpty()) {
            throw refused(
                    spec, "<settings> are for the embedded server. Set the image's variables in <environment> instead");
        }
        if (!spec.databases().isEmpty()
                || !spec.roles().isEmpty()
                || !spec.initScripts().isEmpty()) {
            throw refused(
                    spec, "<databases>, <roles> and <initScripts> are for Postgres. Remove them from this service");
        }
    }

    private static DevServicesException refused(ServiceSpec spec, String why) {
        return new DevServicesException("Service " + spec.name() + " cannot run as asked: " + why + ".");
    }
}
