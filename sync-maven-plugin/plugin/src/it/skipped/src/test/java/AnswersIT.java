import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Passes only where the service was started. */
class AnswersIT {

    @Test
    void mailbox_answers() {
        assertDoesNotThrow(() -> new Socket("127.0.0.1", Integer.getInteger("mailbox")).close());
    }
}
