package dev.tideline.collector.receive;

import java.util.Locale;
import java.util.Optional;

/** The encoding of a request: the two of OTLP/HTTP, and protobuf in gRPC's frame. */
enum Encoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json"),
    GRPC("application/grpc");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The encoding named by a {@code Content-Type}; empty for a charset other than UTF-8. */
    static Optional<Encoding> of(String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return Optional.empty();
            }
        }
        for (Encoding encoding : values()) {
            if (encoding.mediaType.equals(parts[0].strip().replace("+proto", ""))) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }
}
