package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a tenant may write as the address of its external database, where {@code external_databases.allow_private} is false:
 * each is refused, and nothing is connected to. All lead to this machine, so that nobody else is called should a guard be
 * taken out.
 */
class HostileConnectionStringsTest {

    /** Ways to write this machine. */
    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "127.255.255.254",
            "127.127.127.127",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "017700000001",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "0.0.0.0",
            "0",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]");

    /** Parameters of the driver that name files or classes, change where it connects, or what the session does. */
    private static final List<String> PARAMETERS = List.of(
            "sslrootcert=/etc/passwd",
            "sslcert=/etc/passwd",
            "sslkey=/etc/passwd",
            "sslpassword=x",
            "sslpasswordcallback=java.lang.Object",
            "sslfactory=java.lang.Object",
            "sslfactoryarg=file:///etc/passwd",
            "sslhostnameverifier=java.lang.Object",
            "socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
            "socketFactoryArg=http://127.0.0.1:TRAP/x.xml",
            "authenticationPluginClassName=java.lang.Object",
            "xmlFactoryFactory=java.lang.Object",
            "loggerFile=/tmp/x.jsp",
            "loggerLevel=TRACE",
            "options=-c%20role=postgres",
            "service=other",
            "host=127.0.0.1",
            "hostaddr=127.0.0.1",
            "port=TRAP",
            "PGHOST=127.0.0.1",
            "PGPORT=TRAP",
            "user=postgres",
            "password=x",
            "dbname=other",
            "jaasApplicationName=x",
            "jaasLogin=true",
            "kerberosServerName=x",
            "gsslib=sspi",
            "gssEncMode=require",
            "sspiServiceClass=x",
            "useSpnego=true",
            "localSocketAddress=127.0.0.1",
            "targetServerType=any",
            "loadBalanceHosts=true",
            "hostRecheckSeconds=0",
            "replication=database",
            "preferQueryMode=simple",
            "maxResultBuffer=1p",
            "socketTimeout=0",
            "loginTimeout=0",
            "cancelSignalTimeout=0",
            "tcpKeepAlive=false",
            "assumeMinServerVersion=99",
            "stringtype=unspecified",
            "readOnly=true",
            "currentSchema=a,pg_catalog",
            "SSLMODE=disable",
            "ssl%6dode=disable",
            "sslmode=disable&socketFactory=java.lang.Object",
            "sslmode=disable&sslmode=require",
            "sslmode=%00",
            "&socketFactory=java.lang.Object",
            ";socketFactory=java.lang.Object");

    /** Addresses that are none. */
    private static final List<String> OTHERS = List.of(
            "jdbc:postgresql://127.0.0.1:TRAP/d?user=u",
            "jdbc:h2:tcp://127.0.0.1:TRAP/d;INIT=RUNSCRIPT FROM 'http://127.0.0.1:TRAP/x.sql'",
            "jdbc:mysql://127.0.0.1:TRAP/d?autoDeserialize=true",
            "http://127.0.0.1:TRAP/",
            "file:///etc/passwd",
            "jar:http://127.0.0.1:TRAP/x.jar!/",
            "ldap://127.0.0.1:TRAP/x",
            "rmi://127.0.0.1:TRAP/x",
            "gopher://127.0.0.1:TRAP/_x",
            "postgres:/127.0.0.1:TRAP/d",
            "postgres:u@127.0.0.1:TRAP/d",
            "//u@127.0.0.1:TRAP/d",
            "host=127.0.0.1 port=TRAP dbname=d user=u",
            " postgres://u@127.0.0.1:TRAP/d",
            "postgres\n://u@127.0.0.1:TRAP/d",
            "postgres://u@127.0.0.1:TRAP,127.0.0.1:TRAP/d",
            "postgres://u@example.org,127.0.0.1:TRAP/d",
            "postgres://u@example.org@127.0.0.1:TRAP/d",
            "postgres://u@example.org#@127.0.0.1:TRAP/d",
            "postgres://u@example.org\\@127.0.0.1:TRAP/d",
            "postgres://u@127.0.0.1%00.example.org:TRAP/d",
            "postgres://u@127.0.0.1%2f:TRAP/d",
            "postgres://u@%2Ftmp:TRAP/d",
            "postgres://u@[::1%25lo]:TRAP/d",
            "postgres://u@127.0.0.1:TRAP:5432/d",
            "postgres://u@127.0.0.1:TRAP/d/../e",
            "postgres://u:p%0d%0aHELO@127.0.0.1:TRAP/d",
            "${env:TIDELINE_SOURCE_URL}");

    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket trap;
    private List<String> addresses;

    @BeforeEach
    void setTheTrap() throws IOException {
        trap = new ServerSocket(0, 50, InetAddress.getByName("::"));
        Thread listener = new Thread(this::accept);
        listener.setDaemon(true);
        listener.start();
        addresses = new ArrayList<>();
        HOSTS.forEach(host -> addresses.add("postgres://u:p@" + host + ":TRAP/d?sslmode=disable"));
        PARAMETERS.forEach(parameter -> addresses.add("postgres://u:p@127.0.0.1:TRAP/d?" + parameter));
        addresses.addAll(OTHERS);
        addresses.replaceAll(address -> address.replace("TRAP", String.valueOf(trap.getLocalPort())));
    }

    private void accept() {
        try {
            while (true) {
                trap.accept().close();
                connections.incrementAndGet();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @AfterEach
    void closeTheTrap() throws IOException {
        trap.close();
    }

    @Test
    void a_hundred_that_somebody_tries_are_refused_and_none_is_connected_to() {
        assertThat(addresses).hasSizeGreaterThanOrEqualTo(100);
        AddressTest guarded = new AddressTest(false);
        for (String address : addresses) {
            try {
                AddressTest.Report report = guarded.run(address);
                assertThat(report.reachable()).as(address).isFalse();
            } catch (ConfigException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        }
        assertThat(connections.get()).isZero();
        new AddressTest(true).run(addresses.get(0));
        assertThat(connections.get())
                .as("the trap notices those that are allowed")
                .isPositive();
    }

    @Test
    void a_hundred_that_are_listed_become_errors_and_none_is_connected_to() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.listTargetsInTable();
            scenario.settings("  allow_private: false");
            int first = 1000;
            for (int i = 0; i < addresses.size(); i++) {
                scenario.source()
                        .execute(
                                "INSERT INTO tenancy VALUES (" + (first + i) + ")",
                                "INSERT INTO external_database VALUES (" + (first + i) + ", 'main', $address$"
                                        + addresses.get(i) + "$address$, true)");
            }
            scenario.install();
            try (SyncRuntime runtime = scenario.run()) {
                List<String> unheard = IntStream.range(0, addresses.size())
                        .mapToObj(i -> String.valueOf(first + i))
                        .toList();
                Awaitility.await("every one is in error")
                        .atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(
                                        runtime
                                                .operations()
                                                .status(new StatusQuery(null, 1, 200))
                                                .externalDatabases()
                                                .stream()
                                                .filter(target ->
                                                        target.status().equals("error"))
                                                .map(Status.Target::tenant))
                                .containsAll(unheard));
            }
        }
        assertThat(connections.get()).isZero();
    }
}
