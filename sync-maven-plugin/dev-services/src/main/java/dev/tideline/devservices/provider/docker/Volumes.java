package dev.tideline.devservices.provider.docker;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The volumes of one workspace and prefix, which keep data from container to container. */
record Volumes(DockerEngine engine, ContainerLabels labels) {

    /** Distinguishes a volume from one of the same name that was created later. */
    private static final String IDENTITY = "dev.tideline.identity";

    /** Creates the volume of a service if there is none; returns its name. */
    String require(String service) {
        String name = labels.volume(service);
        Map<String, String> marks = new LinkedHashMap<>(labels.of(service, ""));
        marks.remove(ContainerLabels.TOKEN);
        marks.put(IDENTITY, UUID.randomUUID().toString());
        // Does nothing, labels included, if there is one of this name.
        engine.ask(client ->
                client.createVolumeCmd().withName(name).withLabels(marks).exec());
        return name;
    }

    /** Distinguishes a service's data from data created later; empty if there is no volume. */
    String identity(String service) {
        return engine.ask(client -> {
            try {
                InspectVolumeResponse volume =
                        client.inspectVolumeCmd(labels.volume(service)).exec();
                return volume.getLabels() == null ? "" : volume.getLabels().getOrDefault(IDENTITY, "");
            } catch (NotFoundException absent) {
                return "";
            }
        });
    }

    void delete(String service) {
        deleteByName(labels.volume(service));
    }

    void deleteAll() {
        engine.ask(client -> client.listVolumesCmd()
                        .withFilter("label", labels.ofWorkspace())
                        .exec()
                        .getVolumes())
                .forEach(volume -> deleteByName(volume.getName()));
    }

    private void deleteByName(String name) {
        engine.ask(client -> {
            try {
                client.removeVolumeCmd(name).exec();
            } catch (NotFoundException gone) {
                // As intended.
            }
            return null;
        });
    }
}
