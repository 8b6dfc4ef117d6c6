package dev.tideline.devservices.provider.docker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels by which a container is known to be ours. A name alone is not enough to end anything.
 *
 * @param workspace real path of the workspace
 * @param prefix port prefix
 */
record ContainerLabels(Path workspace, int prefix) {

    static final String PRODUCT = "dev.tideline.product";
    static final String WORKSPACE = "dev.tideline.workspace";
    static final String PREFIX = "dev.tideline.prefix";
    static final String SERVICE = "dev.tideline.service";
    static final String TOKEN = "dev.tideline.token";

    /** Value of {@link #PRODUCT}. */
    static final String TIDELINE = "tideline";

    Map<String, String> of(String service, String token) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(PRODUCT, TIDELINE);
        labels.put(WORKSPACE, workspace.toString());
        labels.put(PREFIX, Integer.toString(prefix));
        labels.put(SERVICE, service);
        labels.put(TOKEN, token);
        return labels;
    }

    /** What everything of this workspace and prefix carries, as {@code name=value}. */
    List<String> ofWorkspace() {
        return List.of(PRODUCT + "=" + TIDELINE, WORKSPACE + "=" + workspace, PREFIX + "=" + prefix);
    }

    boolean areOurs(Map<String, String> labels) {
        return labels != null
                && TIDELINE.equals(labels.get(PRODUCT))
                && workspace.toString().equals(labels.get(WORKSPACE))
                && Integer.toString(prefix).equals(labels.get(PREFIX));
    }

    /** The name of a service's container. */
    String container(String service) {
        return "tideline-" + prefix + "-" + service;
    }

    /** The name of a service's volume: with the workspace in it, since data outlives the containers. */
    String volume(String service) {
        return container(service) + "-"
                + Integer.toHexString(workspace.toString().hashCode());
    }
}
