package io.concordat.server;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path. A literal segment goes before one that varies. */
final class RouteTable {
    /** The order in which existing registries list what a path allows. */
    private static final List<HttpMethod> ORDER = List.of(
            HttpMethod.HEAD, HttpMethod.DELETE, HttpMethod.POST, HttpMethod.GET, HttpMethod.OPTIONS, HttpMethod.PUT);

    private final Node root = new Node();

    /** @throws IllegalArgumentException if two routes answer the same, or give one place two names */
    RouteTable(List<Route> routes) {
        routes.forEach(this::add);
    }

    /** The routes of one path. */
    record Match(Map<HttpMethod, Route> routes, Map<String, String> path) {
        /** The route of a method; whoever may read may also ask for the head only. */
        Optional<Route> route(HttpMethod method) {
            return Optional.ofNullable(routes.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method));
        }

        /** What may be done with this path, in the order of existing registries. */
        String allowed() {
            List<String> names = new ArrayList<>();
            for (HttpMethod method : ORDER) {
                if (method.equals(HttpMethod.OPTIONS) || route(method).isPresent()) {
                    names.add(method.name());
                }
            }
            return String.join(", ", names);
        }
    }

    Optional<Match> find(List<String> segments) {
        Node node = root;
        Map<String, String> path = Map.of();
        for (String segment : segments) {
            Node next = node.literals.get(segment);
            if (next == null) {
                next = node.any;
                if (next == null) {
                    return Optional.empty();
                }
                path = path.isEmpty() ? new HashMap<>() : path;
                path.put(next.name, segment);
            }
            node = next;
        }
        return node.routes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Match(Collections.unmodifiableMap(node.routes), path));
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : route.path().substring(1).split("/", -1)) {
            if (segment.isEmpty()) {
                continue;
            }
            node = segment.startsWith("{")
                    ? node.any(segment.substring(1, segment.length() - 1))
                    : node.literals.computeIfAbsent(segment, literal -> new Node());
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalArgumentException("Two routes for " + route.method() + " " + route.path());
        }
    }

    /** A place in a path, and where it goes on from there. */
    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<HttpMethod, Route> routes = new LinkedHashMap<>();
        private @Nullable Node any;
        private String name = "";

        private Node any(String wantedName) {
            Node next = any;
            if (next == null) {
                next = new Node();
                next.name = wantedName;
                any = next;
            } else if (!next.name.equals(wantedName)) {
                throw new IllegalArgumentException("{" + wantedName + "} is {" + next.name + "} in another route");
            }
            return next;
        }
    }
}
