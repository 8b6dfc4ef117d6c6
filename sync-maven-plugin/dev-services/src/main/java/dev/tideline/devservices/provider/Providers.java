package dev.tideline.devservices.provider;

import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts services with the chosen provider, and finds and ends each with the one that started it, so that stopping
 * needs no choice.
 */
public final class Providers implements Provider {

    private final Provider chosen;
    private final Function<String, Provider> starters;
    private final List<Provider> starting;
    private final List<Provider> all;

    /**
     * @param chosen the user's choice
     * @param starters who starts a service, by its name: not every provider can run every service
     * @param starting providers that will start something, and must be able to stop it when the build ends
     * @param all providers that may have started what still runs; the first is asked about services of unknown
     *     providers
     */
    public Providers(
            Provider chosen,
            Function<String, Provider> starters,
            Collection<Provider> starting,
            Collection<Provider> all) {
        this.chosen = chosen;
        this.starters = starters;
        this.starting = List.copyOf(starting);
        this.all = List.copyOf(all);
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
    public void probe(ServiceRecord record, ServiceType type) throws Exception {
        of(record).probe(record, type);
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
        // All are asked, even if one does not answer.
        return all.stream().map(Provider::deleteAllData).reduce(true, Boolean::logicalAnd);
    }

    @Override
    public void sweep(List<ServiceRecord> known, Consumer<String> note) {
        starting.forEach(provider -> provider.sweep(known, note));
    }

    @Override
    public void preload() {
        starting.forEach(Provider::preload);
    }

    private Provider starter(String service) {
        return starters.apply(service);
    }

    private Provider of(ServiceRecord record) {
        return all.stream()
                .filter(provider -> provider.name().equals(record.provider()))
                .findFirst()
                .orElse(all.get(0));
    }
}
