package dev.tideline.devservices.service;

import dev.tideline.ports.PortTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is known of a kind of service, whoever runs it. Implementations have no state. */
public interface ServiceType {

    /** @return the name that a user writes, for example {@code external-postgres} */
    String name();

    /** @return what people call it, for example {@code External Postgres} */
    String title();

    /** @return its ports, as named in the port table */
    List<String> ports();

    /**
     * Whether one of its ports has a page for people.
     *
     * @param port its name
     * @return true if it can be opened in a browser
     */
    default boolean isPage(String port) {
        return PortTable.standard().service(port).isPage();
    }

    /** @return whether it keeps anything on disk, which is the default */
    default boolean keepsData() {
        return true;
    }

    /**
     * Asks the service a real request, once.
     *
     * @param address where it is
     * @throws Exception why it did not answer as it should
     */
    void probe(ServiceAddress address) throws Exception;

    /**
     * Brings the running service to what the spec asks for. Called after every start; must find out by itself what is there
     * already.
     *
     * @param address where it is
     * @param spec what is asked for
     * @param freshData whether its data was made by this start
     */
    void furnish(ServiceAddress address, ServiceSpec spec, boolean freshData);

    /**
     * What a build may want to know, beyond the ports.
     *
     * @param address where it is
     * @return properties, without the leading {@code tideline.}
     */
    Map<String, String> properties(ServiceAddress address);

    /**
     * What a build may want to know of the files of a service that runs on this machine.
     *
     * @param data the folder for what it keeps
     * @param spec what was asked for; the folder may still have files of an earlier start that asked for more
     * @return properties, without the leading {@code tideline.}
     */
    default Map<String, String> properties(Path data, ServiceSpec spec) {
        return Map.of();
    }

    /**
     * How people and programs connect, for the launchpad.
     *
     * @param address where it is
     * @return ways, the most usual first
     */
    List<HowToConnect> waysToConnect(ServiceAddress address);
}
