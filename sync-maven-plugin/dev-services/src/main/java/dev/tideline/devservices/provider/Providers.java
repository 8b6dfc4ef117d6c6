package dev.tideline.devservices.provider;

import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Starts services by the chosen provider, and finds and ends each by the one that started it, so that no choice is needed
 * to stop.
 */
public final class Providers implements Provider {

    private final Provider usual;
    private final Provider chosen;
    private final Predicate<String> chosenRuns;
    private final List<Provider> all;

    /**
     * All providers of a workspace.
     *
     * @param usual runs what the chosen one cannot; it can run all services
     * @param chosen runs the others
     * @param chosenRuns which services, by name, the chosen one can run
     * @param others those that may have started what still runs
     */
    public Providers(Provider usual, Provider chosen, Predicate<String> chosenRuns, List<Provider> others) {
        this.usual = usual;
        this.chosen = chosen;
        this.chosenRuns = chosenRuns;
        this.all = others;
    }

    @Override
    public String name() {
        return chosen.name();
    }

    @Override
    public String nameFor(String service) {
        return starter(service).name();
    }

    @Override
    public Prepared prepare(ServiceSpec spec) {
        return starter(spec.name()).prepare(spec);
    }

    @Override
    public ServiceRecord start(
            ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit) {
        return of(record).start(record, spec, environment, limit);
    }

    @Override
    public Optional<ServiceRecord> find(ServiceRecord record) {
        return of(record).find(record);
    }

    @Override
    public void stop(ServiceRecord record) {
        of(record).stop(record);
    }

    @Override
    public String absence(ServiceRecord record) {
        return of(record).absence(record);
    }

    @Override
    public ServiceLog log(ServiceRecord record) {
        return of(record).log(record);
    }

    @Override
    public Path dataFolder(String service, Path usualFolder) {
        return starter(service).dataFolder(service, usualFolder);
    }

    @Override
    public String dataIdentity(ServiceRecord record) {
        return of(record).dataIdentity(record);
    }

    @Override
    public void deleteData(ServiceRecord record) {
        of(record).deleteData(record);
    }

    @Override
    public boolean deleteAllData() {
        // Each is asked, also after one that did not answer.
        return all.stream().map(Provider::deleteAllData).reduce(true, Boolean::logicalAnd);
    }

    @Override
    public void sweep(List<ServiceRecord> known, Consumer<String> note) {
        chosen.sweep(known, note);
    }

    @Override
    public void preload() {
        usual.preload();
        if (chosen != usual) {
            chosen.preload();
        }
    }

    private Provider starter(String service) {
        return chosenRuns.test(service) ? chosen : usual;
    }

    private Provider of(ServiceRecord record) {
        return all.stream()
                .filter(provider -> provider.name().equals(record.provider()))
                .findFirst()
                .orElse(usual);
    }
}
