package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether refusals are those that the rows tell clients about. */
final class DescribedRefusals {
    private final RouteTable routes;

    DescribedRefusals(List<Route> routes) {
        this.routes = new RouteTable(routes);
    }

    /** Fails if an answer is a refusal that the row of the request does not name. */
    void check(String method, URI asked, int status, String body) {
        if (status < 400) {
            return;
        }
        Route route = routes.find(Target.parse(asked.getRawPath()).segments())
                .orElseThrow()
                .route(HttpMethod.valueOf(method))
                .orElseThrow();
        Map<?, ?> error = (Map<?, ?>) Objects.requireNonNull(Json.read(body.getBytes(UTF_8)));
        assertThat(OpenApi.refusals(route, route.description().orElseThrow()).getOrDefault(status, List.of()))
                .as(() -> "the row of " + method + " " + route.path() + " is refusing " + error)
                .anyMatch(code -> code.startsWith(error.get("error_code") + " "));
    }
}
