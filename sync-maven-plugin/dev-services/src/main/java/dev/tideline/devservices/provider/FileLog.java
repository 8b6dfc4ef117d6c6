package dev.tideline.devservices.provider;

import dev.tideline.devservices.process.LogFile;
import java.util.List;

/** A log in a file that the service writes itself. */
public final class FileLog implements ServiceLog {

    private final LogFile file;
    private long read;

    public FileLog(LogFile file) {
        this.file = file;
    }

    @Override
    public List<String> tail(int lines) {
        read = file.length();
        return file.tail(lines, 0);
    }

    @Override
    public List<String> added() {
        long length = file.length();
        if (length == read) {
            return List.of();
        }
        // Shorter than before: a new log has replaced it.
        List<String> lines = file.tail(Integer.MAX_VALUE, length < read ? 0 : read);
        read = length;
        return lines;
    }
}
