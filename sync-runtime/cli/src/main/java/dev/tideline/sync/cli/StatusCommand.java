package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SourceRights;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import dev.tideline.sync.status.StatusReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows sequencer, queue, mappings and external databases.",
        usageHelpAutoWidth = true)
final class StatusCommand extends TidelineCommand {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule().addSerializer(OffsetDateTime.class, ToStringSerializer.instance))
            .build();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant.")
    private String tenant;

    @Option(
            names = "--page",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which page of the external databases; default: ${DEFAULT-VALUE}.")
    private int page;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "100",
            description = "External databases on a page, up to " + StatusQuery.MOST + "; default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--fail",
            description =
                    "Exit with 1 if an external database or a webhook fails, a table is not followed, changes are left"
                            + " out, a request is dead, or the source is not as the configuration needs it.")
    private boolean fail;

    @Override
    int run(SyncConfig config) throws SQLException, JsonProcessingException {
        if (page < 1 || size < 1 || size > StatusQuery.MOST) {
            err().println("--page is 1 or more, and --size 1 to " + StatusQuery.MOST + ".");
            return BAD_USAGE;
        }
        try (Connection source = SourceConnection.open(config)) {
            InstalledLayout.required(source);
            if (new KnownNames(config, source).tenant(tenant).anyUnknown(err())) {
                return BAD_USAGE;
            }
            Status status = new StatusReader(source).read(new StatusQuery(tenant, page, size));
            if (json) {
                out().println(JSON.writeValueAsString(status));
            } else {
                new StatusText(out()).print(status);
            }
            boolean fits = note(config, source);
            return fail && (!fits || status.failing()) ? FAILED : DONE;
        }
    }

    /**
     * Notes how the configuration differs from the installation that the status describes, and which rights the install
     * that is needed then would lack.
     *
     * @return whether the configuration is installed
     */
    private boolean note(SyncConfig config, Connection source) throws SQLException {
        List<String> notes = new ArrayList<>();
        try {
            SyncPlan plan = MappingResolver.resolve(config, source);
            try {
                InstalledLayout.require(source, plan);
            } catch (NotInstalledException e) {
                notes.add("this is what is installed, and the file differs: " + e.getMessage() + ".");
                SourceRights.missing(plan, source).forEach(right -> notes.add(right.message()));
            }
        } catch (ConfigException e) {
            notes.add("this is what is installed, and the file differs: it does not fit the source, see \"check\".");
        }
        notes.forEach(note -> err().println("note: " + note));
        return notes.isEmpty();
    }
}
