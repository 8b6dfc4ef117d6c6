package dev.tideline.directory;

import dev.tideline.directory.mail.SmtpConfig;
import dev.tideline.directory.sync.EmbeddedSync;
import dev.tideline.directory.telemetry.Traces;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs the app against the services of this workspace, until it is interrupted. Overridden by the environment:
 * {@code DIRECTORY_DATABASE_URL}, {@code DIRECTORY_PUBLIC_URL}, {@code DIRECTORY_SMTP} (host:port),
 * {@code DIRECTORY_TIDELINE_CONFIG}, and {@code OTEL_EXPORTER_OTLP_ENDPOINT}. {@code DIRECTORY_OPERATOR_KEY} must be set.
 */
public final class DirectoryMain {

    private DirectoryMain() {}

    public static void main(String[] arguments) {
        String operatorKey = environment("DIRECTORY_OPERATOR_KEY").orElse("");
        if (operatorKey.isBlank()) {
            System.err.println(
                    "DIRECTORY_OPERATOR_KEY is not set. Choose a secret; whoever knows it makes and deletes tenants.");
            System.exit(2);
        }
        WorkspacePorts ports = Workspace.current().ports();
        Traces traces = Traces.start(
                environment("OTEL_EXPORTER_OTLP_ENDPOINT").orElse("http://127.0.0.1:" + ports.port("otlp")));
        String[] smtp = environment("DIRECTORY_SMTP")
                .orElse("127.0.0.1:" + ports.port("smtp"))
                .split(":", 2);
        DirectoryConfig config = DirectoryConfig.of(
                        environment("DIRECTORY_DATABASE_URL")
                                .orElse("postgres://postgres:postgres@127.0.0.1:" + ports.port("postgres")
                                        + "/postgres"),
                        operatorKey,
                        SmtpConfig.of(smtp[0], Integer.parseInt(smtp[1])))
                .withPort(ports.port("directory"))
                .withAdminPort(ports.port("admin"))
                .withSync(environment("DIRECTORY_TIDELINE_CONFIG")
                        .map(Path::of)
                        .orElseGet(() ->
                                EmbeddedSync.writeConfig(Workspace.current().stateDirectory())));
        Directory directory = Directory.start(
                environment("DIRECTORY_PUBLIC_URL").map(config::withPublicUrl).orElse(config));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            directory.close();
                            traces.close();
                        },
                        "stop"));
        System.out.println("Directory: " + directory.url() + " (API: " + directory.url() + "/openapi.json)");
        directory.dashboard().ifPresent(link -> System.out.println("Dashboard: " + link));
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
