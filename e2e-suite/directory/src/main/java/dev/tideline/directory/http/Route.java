package dev.tideline.directory.http;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A path with a method: registered with the server and described in the OpenAPI document. Built once, at the start. */
public final class Route {

    @FunctionalInterface
    public interface Answer {
        /** @return the body, or null for none */
        Object to(Call call);
    }

    /** A parameter of the query. */
    record Query(String name, String type, String summary) {}

    final String method;
    final String path;
    final Access access;
    final String summary;
    final List<Query> queries = new ArrayList<>();
    Type request;
    Type response;
    int status = 200;
    Answer answer;

    Route(String method, String path, Access access, String summary) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.summary = summary;
    }

    /** @param type {@code string}, {@code integer} or {@code boolean} */
    public Route query(String name, String type, String summary) {
        queries.add(new Query(name, type, summary));
        return this;
    }

    public Route takes(Type request) {
        this.request = request;
        return this;
    }

    public Route gives(int status, Type response) {
        this.status = status;
        this.response = response;
        return this;
    }

    public Route gives(Type response) {
        return gives(200, response);
    }

    /** Ends the description. */
    public void by(Answer answer) {
        this.answer = answer;
        if (response == null) {
            status = 204;
        }
    }

    String operation() {
        String name = (method + path).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        return name.replaceAll("_$", "");
    }
}
