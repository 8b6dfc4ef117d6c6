package dev.tideline.devservices.service;

import dev.tideline.ports.PortTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is known of a kind of service, whatever provider runs it. Implementations have no state. */
public interface ServiceType {

    /** The name that a user writes, for example {@code external-postgres}. */
    String name();

    /** The name for people, for example {@code External Postgres}. */
    String title();

    /** Its ports, as named in the port table. */
    List<String> ports();

    /** Whether a port can be opened in a browser. */
    default boolean isPage(String port) {
        return PortTable.standard().service(port).isPage();
    }

    /** Whether it keeps anything on disk, which is the default. */
    default boolean keepsData() {
        return true;
    }

    /**
     * Sends a real request to the service, once.
     *
     * @throws Exception why it did not answer as it should
     */
    void probe(ServiceAddress address) throws Exception;

    /**
     * Applies the rest of a spec to the running service. Called after every start; must find out by itself what exists
     * already.
     *
     * @param freshData whether its data was created by this start
     */
    void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData);

    /** Properties for a build, besides the ports, without the leading {@code tideline.} */
    Map<String, String> properties(ServiceAddress address);

    /**
     * Properties about the files of a service that runs on this machine, without the leading {@code tideline.}
     *
     * @param data the folder for what it keeps
     * @param spec the requested service; the folder may still have files of an earlier start that asked for more
     */
    default Map<String, String> properties(Path data, ServiceSpec spec) {
        return Map.of();
    }

    /** How people and programs connect, for the launchpad; the most usual first. */
    List<HowToConnect> waysToConnect(ServiceAddress address);
}
