package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.park.ParkedRow;
import dev.tideline.sync.target.ExternalDatabase;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Formats parked rows as lines and as JSON. */
final class ParkText {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule().addSerializer(OffsetDateTime.class, ToStringSerializer.instance))
            .build();

    private ParkText() {}

    /** As in the view {@code tideline.parked_row}: a single column as its text, several as a JSON array. */
    static String key(ParkedRow row) {
        if (row.key().size() == 1) {
            return row.key().get(0);
        }
        try {
            // With the space that jsonb writes after a comma.
            StringBuilder text = new StringBuilder("[");
            for (String part : row.key()) {
                text.append(text.length() > 1 ? ", " : "").append(new ObjectMapper().writeValueAsString(part));
            }
            return text.append(']').toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }

    static String line(ParkedRow row) {
        String text = Problem.printable(ExternalDatabase.label(row.tenant(), row.target())) + " " + row.mapping() + " "
                + key(row) + ": " + row.error()
                + " (" + row.sqlState() + "; " + row.tries() + (row.tries() == 1 ? " try" : " tries") + ", parked "
                + row.parkedAt() + ")";
        // Keys and errors come from databases, and must not be able to control the terminal.
        return new Problem(Optional.empty(), 0, 0, "", text, "").what();
    }

    static String json(List<?> rows) throws JsonProcessingException {
        return JSON.writeValueAsString(rows);
    }
}
