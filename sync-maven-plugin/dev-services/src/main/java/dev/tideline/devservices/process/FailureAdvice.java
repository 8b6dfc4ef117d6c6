package dev.tideline.devservices.process;

import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Advice about an error of the operating system, derived from its message. If the message is unknown, the advice is
 * where to look.
 */
public final class FailureAdvice {

    private static final String WHERE_TO_LOOK = "`mvn sync:doctor` looks at every folder that services use.";

    /** The first match decides. Shared memory comes first, because its lack is reported like that of disk space. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "shared memory segment.*No space left on device", "Make room in /dev/shm; `df /dev/shm` shows it."),
            new Known("No space left on device|not enough space on the disk", "Make room on the disk of %s."),
            new Known("Disk quota exceeded", "Make room within this user's quota on the disk of %s."),
            new Known("Read-only file system", "The file system of %s is mounted read-only: use another folder."),
            new Known(
                    "Permission denied|Operation not permitted|Access is denied|AccessDeniedException",
                    "Let this user write to %s."),
            new Known(
                    "Not a directory|File exists|FileAlreadyExists",
                    "A file that is not a folder is in the way of %s."),
            new Known("Too many open files", "Raise the limit of open files (`ulimit -n`)."),
            new Known("No locks available", "The file system of %s has no locks: use a folder on a local disk."),
            new Known("error while loading shared libraries", "Install the library that is named above."));

    private FailureAdvice() {}

    /**
     * Advice on an exception, as a sentence.
     *
     * @param place the file or folder that was used
     */
    public static String on(Exception failure, Path place) {
        return on(failure instanceof AccessDeniedException ? "Permission denied" : failure.toString(), place);
    }

    /**
     * Advice on a program's messages, as a sentence.
     *
     * @param place the file or folder that it used
     */
    public static String on(String output, Path place) {
        return KNOWN.stream()
                .filter(known -> known.pattern.matcher(output).find())
                .map(known -> known.advice.formatted(place))
                .findFirst()
                .orElse(WHERE_TO_LOOK);
    }

    private record Known(Pattern pattern, String advice) {
        Known(String pattern, String advice) {
            this(Pattern.compile(pattern), advice);
        }
    }
}
