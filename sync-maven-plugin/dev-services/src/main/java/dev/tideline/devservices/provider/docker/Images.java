package dev.tideline.devservices.provider.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of an engine, and pulling missing ones. */
final class Images {

    private static final int SHORT_ID = 12;

    private final DockerEngine engine;
    private final PullProgress progress;

    /**
     * @param progress receives pulled images; empty if nothing may be pulled, because Maven is offline
     */
    Images(DockerEngine engine, Optional<PullProgress> progress) {
        this.engine = engine;
        this.progress = progress.orElse(null);
    }

    /** The first digits of an image's id, if the engine has it. */
    Optional<String> id(String reference) {
        EngineAnswer answer = engine.request("GET", "/images/" + inUrl(reference) + "/json");
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        String full = (String) ((Map<?, ?>) answer.orThrow().json()).get("Id");
        String id = full.substring(full.indexOf(':') + 1);
        return Optional.of(id.substring(0, Math.min(SHORT_ID, id.length())));
    }

    /** Whether an image of the engine has a health check. */
    boolean hasHealthCheck(String reference) {
        Map<?, ?> image = (Map<?, ?>) engine.request("GET", "/images/" + inUrl(reference) + "/json")
                .orThrow()
                .json();
        Object check = ((Map<?, ?>) image.get("Config")).get("Healthcheck");
        return check instanceof Map<?, ?> fields
                && fields.get("Test") instanceof List<?> test
                && !test.isEmpty()
                && !test.get(0).equals("NONE");
    }

    private static String inUrl(String reference) {
        try {
            return new URI(null, null, "/" + reference, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The id of an image, which is pulled if the engine does not have it.
     *
     * @throws DevServicesException if it is missing and cannot be pulled
     */
    String require(ServiceSpec spec, String reference) {
        Optional<String> there = id(reference);
        if (there.isPresent()) {
            return there.get();
        }
        if (progress == null) {
            throw missing(spec, reference, "is not pulled, because Maven is offline", null);
        }
        progress.begins(spec.name(), reference);
        try {
            pull(spec.name(), reference);
        } catch (DockerException e) {
            throw missing(spec, reference, "cannot be pulled: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(spec, reference, "was not pulled completely: interrupted", e);
        }
        return id(reference).orElseThrow(() -> missing(spec, reference, "is not there after it was pulled", null));
    }

    private void pull(String service, String reference) throws InterruptedException {
        // Without a tag the engine would pull all of them.
        String exact = reference.substring(reference.lastIndexOf('/') + 1).matches(".*[:@].*")
                ? reference
                : reference + ":latest";
        Layers layers = new Layers(service, exact);
        engine.ask(client -> client.pullImageCmd(exact).exec(layers)).awaitCompletion();
        if (layers.error != null) {
            throw new DockerException(layers.error, layers.status);
        }
    }

    private DevServicesException missing(ServiceSpec spec, String reference, String why, Exception cause) {
        return new DevServicesException(
                "The image " + reference + " of service " + spec.name() + " is not on this machine and " + why
                        + ".\nDo one of these: run `docker pull " + reference
                        + "` where a registry is reached; name another image with <image> in the POM or -Dtideline.image."
                        + spec.name() + "=…; "
                        + (spec.isCustom() ? "leave the service out" : "use -Dtideline.provider=embedded") + ".",
                cause);
    }

    private static String reason(DockerException e) {
        return Containers.reason(e);
    }

    /** Adds up the engine's reports on each layer. */
    private final class Layers extends ResultCallback.Adapter<PullResponseItem> {

        private static final int MEGABYTE = 1_000_000;

        private final String service;
        private final String reference;
        private final Map<String, ResponseItem.ProgressDetail> byLayer = new HashMap<>();
        private volatile String error;
        private volatile int status = 500;

        Layers(String service, String reference) {
            this.service = service;
            this.reference = reference;
        }

        /** Kept for the caller, and not logged as well. */
        @Override
        public void onError(Throwable failure) {
            error = failure.getMessage();
            status = failure instanceof DockerException answered ? answered.getHttpStatus() : status;
            onComplete();
        }

        @Override
        public void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null) {
                error = item.getErrorDetail().getMessage();
                return;
            }
            ResponseItem.ProgressDetail detail = item.getProgressDetail();
            if (item.getId() == null || detail == null || detail.getTotal() == null || detail.getCurrent() == null) {
                return;
            }
            byLayer.put(item.getId(), detail);
            long done = byLayer.values().stream()
                    .mapToLong(ResponseItem.ProgressDetail::getCurrent)
                    .sum();
            long all = byLayer.values().stream()
                    .mapToLong(ResponseItem.ProgressDetail::getTotal)
                    .sum();
            progress.pulling(service, "pulls " + reference + ", " + done / MEGABYTE + " of " + all / MEGABYTE + " MB");
        }
    }
}
