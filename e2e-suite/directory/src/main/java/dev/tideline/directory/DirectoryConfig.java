package dev.tideline.directory;

import dev.tideline.directory.mail.SmtpConfig;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of the app.
 *
 * @param databaseUrl {@code postgres://user:password@host:port/database}
 * @param port of API and pages, on 127.0.0.1; 0 for a free one
 * @param publicUrl prefix of links in mail; empty for http://127.0.0.1 and the port
 * @param operatorKey for creating and deleting tenants
 * @param sync {@code tideline.yaml}, if the app syncs the tenants' databases
 * @param adminPort of Tideline's dashboard; empty, or without {@code sync}, there is none
 * @param telemetry receiver of the spans of requests and of their sync; by default that of the process, if any
 */
public record DirectoryConfig(
        String databaseUrl,
        int port,
        Optional<String> publicUrl,
        String operatorKey,
        SmtpConfig smtp,
        Optional<Path> sync,
        OptionalInt adminPort,
        OpenTelemetry telemetry,
        InstantSource clock) {

    /** On a free port, without syncing. */
    public static DirectoryConfig of(String databaseUrl, String operatorKey, SmtpConfig smtp) {
        return new DirectoryConfig(
                databaseUrl,
                0,
                Optional.empty(),
                operatorKey,
                smtp,
                Optional.empty(),
                OptionalInt.empty(),
                GlobalOpenTelemetry.getOrNoop(),
                InstantSource.system());
    }

    public DirectoryConfig withPort(int newPort) {
        return new DirectoryConfig(
                databaseUrl, newPort, publicUrl, operatorKey, smtp, sync, adminPort, telemetry, clock);
    }

    public DirectoryConfig withPublicUrl(String url) {
        return new DirectoryConfig(
                databaseUrl, port, Optional.of(url), operatorKey, smtp, sync, adminPort, telemetry, clock);
    }

    public DirectoryConfig withSync(Path tidelineYaml) {
        return new DirectoryConfig(
                databaseUrl,
                port,
                publicUrl,
                operatorKey,
                smtp,
                Optional.of(tidelineYaml),
                adminPort,
                telemetry,
                clock);
    }

    public DirectoryConfig withAdminPort(int newPort) {
        return new DirectoryConfig(
                databaseUrl, port, publicUrl, operatorKey, smtp, sync, OptionalInt.of(newPort), telemetry, clock);
    }

    public DirectoryConfig withTelemetry(OpenTelemetry other) {
        return new DirectoryConfig(databaseUrl, port, publicUrl, operatorKey, smtp, sync, adminPort, other, clock);
    }
}
