package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final Route list = route(HttpMethod.GET, "/things");
    private final Route one = route(HttpMethod.GET, "/things/{thing}");
    private final Route change = route(HttpMethod.PUT, "/things/{thing}");
    private final Route all = route(HttpMethod.GET, "/things/all");
    private final RouteTable table = new RouteTable(List.of(list, one, change, all));

    @Test
    void find_literal_goesBeforeAName() {
        assertThat(match("things", "all").route(HttpMethod.GET)).contains(all);
        assertThat(match("things", "other").route(HttpMethod.GET)).contains(one);
    }

    @Test
    void find_name_takesTheSegment() {
        assertThat(match("things", "a/b").path()).isEqualTo(Map.of("thing", "a/b"));
    }

    @Test
    void find_placeWithoutRoute_isEmpty() {
        assertThat(table.find(List.of())).isEmpty();
        assertThat(table.find(List.of("things", "a", "b"))).isEmpty();
    }

    @Test
    void route_head_isThatOfGet() {
        assertThat(match("things").route(HttpMethod.HEAD)).contains(list);
    }

    @Test
    void allowed_severalMethods_areListedInOrder() {
        assertThat(match("things", "x").allowed()).isEqualTo("HEAD, GET, OPTIONS, PUT");
    }

    @Test
    void new_twoRoutesForOnePlace_isRefused() {
        assertThatThrownBy(() -> new RouteTable(List.of(list, list)))
                .hasMessageContaining("Two routes for GET /things");
    }

    @Test
    void new_twoNamesForOnePlace_isRefused() {
        assertThatThrownBy(() -> new RouteTable(List.of(one, route(HttpMethod.PUT, "/things/{it}"))))
                .hasMessageContaining("{it} is {thing}");
    }

    private RouteTable.Match match(String... segments) {
        return table.find(List.of(segments)).orElseThrow();
    }

    private static Route route(HttpMethod method, String path) {
        return new Route(
                method, path, Operation.SERVER_READ, Work.BRIEF, false, Handler.now(request -> Answer.json(path)));
    }
}
