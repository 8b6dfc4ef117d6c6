package dev.tideline.testkit.spring;

import org.springframework.boot.actuate.autoconfigure.logging.otlp.OtlpLoggingConnectionDetails;
import org.springframework.boot.actuate.autoconfigure.metrics.export.otlp.OtlpMetricsConnectionDetails;
import org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Traces, metrics and logs go to the workspace's collector. Its one port takes HTTP and gRPC. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.export.otlp.OtlpMetricsExportAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration"
        })
@ConditionalOnClass(OtlpTracingConnectionDetails.class)
@ConditionalOnProperty(name = WorkspaceServices.PROPERTIES + "otlp", matchIfMissing = true)
public class WorkspaceOtlpAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OtlpTracingConnectionDetails workspaceTraces() {
        String url = WorkspaceServices.current().otlpUrl("");
        return transport -> url + (isHttp(transport) ? "/v1/traces" : "");
    }

    @Bean
    @ConditionalOnMissingBean
    OtlpMetricsConnectionDetails workspaceMetrics() {
        String url = WorkspaceServices.current().otlpUrl("/v1/metrics");
        return () -> url;
    }

    @Bean
    @ConditionalOnMissingBean
    OtlpLoggingConnectionDetails workspaceLogs() {
        String url = WorkspaceServices.current().otlpUrl("");
        return transport -> url + (isHttp(transport) ? "/v1/logs" : "");
    }

    /** Traces and logs each have an enum of their own for this. */
    private static boolean isHttp(Enum<?> transport) {
        return transport.name().equals("HTTP");
    }
}
