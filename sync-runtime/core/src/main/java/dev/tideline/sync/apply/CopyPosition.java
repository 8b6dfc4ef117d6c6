package dev.tideline.sync.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.util.List;

/** The key that a copy has reached, as the metadata holds it: a JSON array of its columns' texts. */
final class CopyPosition {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII_JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private CopyPosition() {}

    /**
     * @param unicode whether the target can store every character; otherwise those beyond ASCII are escaped
     * @return null if the copy is at its beginning
     */
    static String text(List<String> key, boolean unicode) {
        try {
            return key.isEmpty() ? null : (unicode ? JSON : ASCII_JSON).writeValueAsString(key);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }

    static List<String> of(String text) throws SQLException {
        try {
            return text == null ? List.of() : JSON.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("tideline_sync_metadata.copy_position is not a JSON array: " + text, e);
        }
    }
}
