package dev.tideline.devservices.provider.docker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels that identify our containers. A name alone is not enough to end anything.
 *
 * @param workspace real path of the workspace
 */
record ContainerLabels(Path workspace, int prefix) {

    static final String PRODUCT = "dev.tideline.product";
    static final String WORKSPACE = "dev.tideline.workspace";
    static final String PREFIX = "dev.tideline.prefix";
    static final String SERVICE = "dev.tideline.service";
    static final String TOKEN = "dev.tideline.token";

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

    /** The labels of everything of this workspace and prefix, as {@code name=value}. */
    List<String> ofWorkspace() {
        return List.of(PRODUCT + "=" + TIDELINE, WORKSPACE + "=" + workspace, PREFIX + "=" + prefix);
    }

    boolean areOurs(Map<String, String> labels) {
        return labels != null
                && TIDELINE.equals(labels.get(PRODUCT))
                && workspace.toString().equals(labels.get(WORKSPACE))
                && Integer.toString(prefix).equals(labels.get(PREFIX));
    }

    String container(String service) {
        return "tideline-" + prefix + "-" + service;
    }

    /** The name of a service's volume, which contains the workspace because data outlives the containers. */
    String volume(String service) {
        return container(service) + "-"
                + Integer.toHexString(workspace.toString().hashCode());
    }
}
