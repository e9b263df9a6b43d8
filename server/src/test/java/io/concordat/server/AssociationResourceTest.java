package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationResourceTest {
    private static final String RESOURCE = "'resourceName':'t','resourceNamespace':'lkc-1','resourceId':'id'";

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final HttpClient client = HttpClient.newHttpClient();
    private final DescribedRefusals refusals = new DescribedRefusals(SingleNode.routes(engine));

    @BeforeEach
    void registerOrders() throws Exception {
        assertThat(say("POST", "/subjects/orders/versions", "{'schema':'\\'string\\''}")
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void close() {
        server.close();
        engine.close();
    }

    @Test
    void create_withASchema_answersTheVersion() throws Exception {
        HttpResponse<String> answer = say(
                "POST",
                "/associations",
                "{" + RESOURCE + ",'associations':[{'schema':{'schema':'\\'int\\''},'frozen':true}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"resourceName\":\"t\",\"resourceNamespace\":\"lkc-1\",\"resourceId\":\"id\","
                        + "\"resourceType\":\"topic\",\"associations\":[{\"subject\":\":.lkc-1:t-value\","
                        + "\"associationType\":\"value\",\"lifecycle\":\"STRONG\",\"frozen\":true,"
                        + "\"schema\":{\"subject\":\":.lkc-1:t-value\",\"version\":1,\"id\":1,"
                        + "\"guid\":\"ef524ea1-b91e-7317-3d93-8ade36c1db32\",\"schemaType\":\"AVRO\","
                        + "\"schema\":\"\\\"int\\\"\"}}]}");
        assertThat(body(say("GET", "/subjects/:.lkc-1:t-value/versions", null))).isEqualTo(List.of(1));
    }

    @Test
    void create_inAContext_meansItsSubjects() throws Exception {
        say("POST", "/subjects/:.c:orders/versions", "{'schema':'\\'int\\''}");

        HttpResponse<String> answer = say("POST", "/associations?context=.c", association("'subject':'orders'"));

        assertThat(answer.body()).contains("\"subject\":\":.c:orders\"");
        assertThat(say("GET", "/associations/subjects/:.c:orders", null).body()).contains("\"id\"");
        assertThat(say("GET", "/associations/subjects/orders", null).body()).isEqualTo("[]");
    }

    @Test
    void create_belowAContext_meansItsSubjects() throws Exception {
        say("POST", "/contexts/c/subjects/orders/versions", "{'schema':'\\'int\\''}");

        say("POST", "/contexts/c/associations", association("'subject':'orders'"));

        assertThat(types("/contexts/c/associations/subjects/orders")).containsExactly("value");
        assertThat(types("/associations/subjects/:.c:orders")).containsExactly("value");
        assertThat(say("POST", "/contexts/c/associations:batchGet", "{'requests':[{'subject':'orders'}]}")
                        .body())
                .contains("\"subject\":\":.c:orders\"");
    }

    @Test
    void create_dryRun_changesNothing() throws Exception {
        HttpResponse<String> answer =
                say("POST", "/associations?dryRun=true", association("'subject':'orders','lifecycle':'weak'"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"lifecycle\":\"WEAK\"");
        assertThat(say("GET", "/associations/subjects/orders", null).body()).isEqualTo("[]");
    }

    @Test
    void upsert_byTheIdInThePath_changesAndAdds() throws Exception {
        say("POST", "/associations", association("'subject':'orders'"));

        HttpResponse<String> answer =
                say("PUT", "/associations/resources/id", "{'associations':[{'lifecycle':'STRONG'}]}");

        assertThat(answer.body()).contains("\"subject\":\"orders\"", "\"lifecycle\":\"STRONG\"");
        assertThat(say("PUT", "/associations/resources/new", association("'subject':'orders'"))
                        .body())
                .contains("42212", "'resourceId'");
    }

    @Test
    void get_byAnyNamespace_filteredAndPaged() throws Exception {
        say("POST", "/associations", "{" + RESOURCE + ",'associations':[" + uses("key", "value") + "]}");

        assertThat(types("/associations/resources/-/t")).containsExactly("key", "value");
        assertThat(types("/associations/resources/-/t?resourceType=topic&associationType=value"))
                .containsExactly("value");
        assertThat(types("/associations/resources/lkc-1/t?associationType=key&associationType=value"))
                .containsExactly("key", "value");
        assertThat(types("/associations/resources/id?lifecycle=WEAK&offset=1&limit=5"))
                .containsExactly("value");
        assertThat(types("/associations/subjects/orders?limit=1")).containsExactly("key");
        assertThat(types("/associations/subjects/orders?limit=-1")).hasSize(2);
        assertThat(types("/associations/resources/lkc-2/t")).isEmpty();
        assertThat(types("/associations/resources/nobody")).isEmpty();
        assertThat(types("/associations/resources/id?lifecycle=STRONG")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"?lifecycle=LOOSE,422", "?offset=-1,400", "?limit=x,404"})
    void get_withABadParameter_isRefused(String query, int status) throws Exception {
        assertThat(say("GET", "/associations/resources/-/t" + query, null).statusCode())
                .isEqualTo(status);
        assertThat(say("GET", "/associations/subjects/s" + query, null).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void delete_ofWhatIsThere_hasNoBody(Version version) throws Exception {
        say("POST", "/associations", association("'subject':'orders'"));
        HttpRequest delete =
                request("/associations/resources/id").version(version).DELETE().build();

        HttpResponse<String> answer = client.send(delete, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        HttpResponse<String> again = client.send(delete, BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).isEqualTo("{\"error_code\":40410,\"message\":\"Association for 'id' not found.\"}");
    }

    @Test
    void delete_someTypes_leavesTheOthers() throws Exception {
        say("POST", "/associations", "{" + RESOURCE + ",'associations':[" + uses("key", "value") + "]}");

        say("DELETE", "/associations/resources/id?associationType=key&dryRun=true", null);
        assertThat(types("/associations/resources/id")).hasSize(2);
        say("DELETE", "/associations/resources/id?associationType=key&resourceType=topic", null);

        assertThat(types("/associations/resources/id")).containsExactly("value");
    }

    @Test
    void delete_cascading_deletesTheSubject() throws Exception {
        say("POST", "/associations", association("'subject':'orders','lifecycle':'STRONG'"));
        assertThat(say("DELETE", "/subjects/orders", null).body()).contains("40904");
        assertThat(say("DELETE", "/subjects/orders/versions/1", null).body()).contains("40907");

        assertThat(say("DELETE", "/associations/resources/id?cascadeLifecycle=true", null)
                        .statusCode())
                .isEqualTo(204);

        assertThat(say("GET", "/subjects", null).body()).isEqualTo("[]");
        assertThat(say("GET", "/subjects?deleted=true", null).body()).isEqualTo("[\"orders\"]");
    }

    @Test
    void batchMutate_eachByItself_answersInOrder() throws Exception {
        HttpResponse<String> answer = say(
                "POST",
                "/associations:batchMutate",
                "{'requests':["
                        + association("'opType':'CREATE','subject':'orders'") + ","
                        + "{'resourceName':'u','associations':[]},"
                        + "{'resourceName':['u']},"
                        + association("'opType':'MERGE'") + ","
                        + "{'resourceId':'id','associations':[{'opType':'DELETE'}]},"
                        + "{'resourceId':'id','associations':[{'opType':'DELETE'}]}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        List<?> results = results(answer);
        assertThat(results).hasSize(6);
        assertThat(results.get(0).toString()).startsWith("{result={resourceName=t,");
        assertThat(results.get(1).toString())
                .startsWith("{error={error_code=42212,")
                .contains("'resourceNamespace'");
        assertThat(results.get(2).toString()).startsWith("{error={error_code=400,");
        assertThat(results.get(3).toString())
                .startsWith("{error={error_code=42212,")
                .contains("'opType'");
        assertThat(results.get(4).toString()).endsWith("associations=[]}}");
        assertThat(results.get(5).toString()).startsWith("{error={error_code=42212,");
    }

    @Test
    void batchMutate_ofThousands_isAnswered() throws Exception {
        String requests = IntStream.range(0, 2_000)
                .mapToObj(i -> "{'resourceName':'t" + i + "','resourceNamespace':'n','resourceId':'" + i
                        + "','associations':[{'subject':'orders'}]}")
                .collect(Collectors.joining(","));

        HttpResponse<String> answer = say("POST", "/associations:batchMutate", "{'requests':[" + requests + "]}");

        assertThat(results(answer))
                .hasSize(2_000)
                .allSatisfy(result -> assertThat(result.toString()).startsWith("{result="));
        assertThat(types("/associations/subjects/orders?limit=3000")).hasSize(2_000);
    }

    @Test
    void batchGet_eachByItself_answersInOrder() throws Exception {
        say("POST", "/associations", "{" + RESOURCE + ",'associations':[" + uses("key", "value") + "]}");

        HttpResponse<String> answer = say(
                "POST",
                "/associations:batchGet",
                "{'requests':[{'resourceId':'id','associationType':'key'},"
                        + "{'resourceName':'t','associationType':['key','value']},"
                        + "{'resourceName':'t','resourceNamespace':'lkc-2'},"
                        + "{'subject':'orders','lifecycle':'STRONG'},{},{'lifecycle':'x','subject':'s'},"
                        + "{'subject':{}}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        List<?> results = results(answer);
        assertThat(result(results.get(0))).hasSize(1);
        assertThat(result(results.get(1))).hasSize(2);
        assertThat(results.subList(2, 4))
                .allSatisfy(result -> assertThat(result).hasToString("{result=[]}"));
        assertThat(results.get(4).toString()).contains("42212");
        assertThat(results.get(5).toString()).contains("42212");
        assertThat(results.get(6).toString()).contains("error_code=400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "5",
                "'x'",
                "{",
                "{}",
                "{'associations':{}}",
                "{'associations':[null]}",
                "{'associations':['x']}",
                "{'resourceName':{}}",
                "{'requests':{}}",
                "{'requests':null}",
                "{'requests':['x']}",
                "{" + RESOURCE + "}",
                "{" + RESOURCE + ",'associations':null}",
                "{" + RESOURCE + ",'associations':[]}",
                "{" + RESOURCE + ",'associations':[{'lifecycle':'LOOSE'}]}",
                "{" + RESOURCE + ",'associations':[{'lifecycle':[]}]}",
                "{" + RESOURCE + ",'associations':[{'frozen':'x'}]}",
                "{" + RESOURCE + ",'associations':[{'normalize':5}]}",
                "{" + RESOURCE + ",'associations':[{'associationType':'both'}]}",
                "{" + RESOURCE + ",'associations':[{'subject':'__GLOBAL'}]}",
                "{" + RESOURCE + ",'associations':[{'subject':':.c:'}]}",
                "{" + RESOURCE + ",'associations':[{'subject':'none'}]}",
                "{" + RESOURCE + ",'associations':[{'subject':'tab\\there'}]}",
                "{" + RESOURCE + ",'associations':[{'schema':'x'}]}",
                "{" + RESOURCE + ",'associations':[{'schema':{}}]}",
                "{" + RESOURCE + ",'associations':[{'schema':{'schema':'{'}}]}",
                "{" + RESOURCE + ",'associations':[{'schema':{'schema':'x','id':'y'}}]}",
                "{" + RESOURCE + ",'associations':[{'schema':{'schema':'x','schemaType':'NONE'}}]}",
                "{" + RESOURCE + ",'resourceType':'table','associations':[{'subject':'orders'}]}",
                "{'resourceName':'a\\u0000','resourceNamespace':'n','resourceId':'id','associations':[{}]}",
                "{'resourceName':'a','resourceNamespace':'a:b','resourceId':'id','associations':[{}]}"
            })
    void change_withABadBody_isTheClientsFault(String body) throws Exception {
        for (HttpResponse<String> answer :
                List.of(say("POST", "/associations", body), say("PUT", "/associations/resources/id", body))) {
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body()).startsWith("{\"error_code\":4");
        }
        for (String path : List.of("/associations:batchGet", "/associations:batchMutate")) {
            HttpResponse<String> answer = say("POST", path, body);
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(400, 499);
            HttpResponse<String> inside = say("POST", path, "{'requests':[" + body + "]}");
            assertThat(inside.statusCode()).as(path + " " + inside.body()).isLessThan(500);
            assertThat(inside.body()).doesNotContain("\"error_code\":5");
        }
        assertThat(say("GET", "/associations/resources/id", null).body()).isEqualTo("[]");
    }

    @Test
    void schemas_byAssociation_areListedWithIt() throws Exception {
        say("POST", "/subjects/others/versions", "{'schema':'\\'string\\''}");
        say("POST", "/associations", association("'subject':'orders','associationType':'key'"));

        String listed = say("GET", "/schemas?associationType=value&associationType=key&lifecycle=WEAK", null)
                .body();

        assertThat(listed).startsWith("[{\"subject\":\"orders\"").doesNotContain("others");
        assertThat(listed)
                .contains("\"associations\":[{\"subject\":\"orders\"")
                .contains("\"resourceName\":\"t\",\"resourceNamespace\":\"lkc-1\",\"resourceId\":\"id\"");
        assertThat(say("GET", "/schemas?resourceType=topic", null).body()).isEqualTo(listed);
        assertThat(say("GET", "/schemas?lifecycle=STRONG", null).body()).isEqualTo("[]");
        assertThat(say("GET", "/schemas?lifecycle=STRONG&lifecycle=WEAK", null).body())
                .isEqualTo(listed);
        assertThat(say("GET", "/schemas?resourceType=topic&offset=1", null).body())
                .isEqualTo("[]");
        assertThat(say("GET", "/schemas?lifecycle=", null).body())
                .contains("others")
                .doesNotContain("associations");
        assertThat(say("GET", "/schemas?lifecycle=loose", null).statusCode()).isEqualTo(422);
    }

    @Test
    void create_inABadContext_isRefused() throws Exception {
        assertThat(say("POST", "/associations?context=a:b", association("'subject':'orders'"))
                        .statusCode())
                .isEqualTo(400);
    }

    private static String association(String use) {
        return "{" + RESOURCE + ",'associations':[{" + use + "}]}";
    }

    private static String uses(String... types) {
        return List.of(types).stream()
                .map(type -> "{'subject':'orders','associationType':'" + type + "'}")
                .collect(Collectors.joining(","));
    }

    private List<Object> types(String path) throws Exception {
        return ((List<?>) body(say("GET", path, null)))
                .stream()
                        .<Object>map(association -> ((Map<?, ?>) association).get("associationType"))
                        .toList();
    }

    private static List<?> results(HttpResponse<String> answer) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) body(answer)).get("results"));
    }

    private static List<?> result(Object one) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) one).get("result"));
    }

    private static Object body(HttpResponse<String> answer) {
        return Objects.requireNonNull(Json.read(answer.body().getBytes(UTF_8)));
    }

    /** Single quotes stand for double ones. */
    private HttpResponse<String> say(String method, String path, @Nullable String body) throws Exception {
        HttpRequest request = request(path)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(
                                        body.replace("\\'", "\\\"").replace('\'', '"')))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        refusals.check(method, request.uri(), answer.statusCode(), answer.body());
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
