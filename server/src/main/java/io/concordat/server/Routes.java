package io.concordat.server;

import static io.concordat.server.ContextScope.CONTEXT_PARAMETER;
import static io.concordat.server.ContextScope.PREFIX_PARAMETER;
import static io.concordat.server.ContextScope.SUBJECT_PARAMETER;
import static io.concordat.server.Handler.now;
import static io.concordat.server.Operation.ASSOCIATION_READ;
import static io.concordat.server.Operation.ASSOCIATION_WRITE;
import static io.concordat.server.Operation.COMPATIBILITY_READ;
import static io.concordat.server.Operation.CONFIG_READ;
import static io.concordat.server.Operation.CONFIG_WRITE;
import static io.concordat.server.Operation.CONTEXT_DELETE;
import static io.concordat.server.Operation.CONTEXT_LIST;
import static io.concordat.server.Operation.MODE_READ;
import static io.concordat.server.Operation.MODE_WRITE;
import static io.concordat.server.Operation.SCHEMA_READ;
import static io.concordat.server.Operation.SERVER_READ;
import static io.concordat.server.Operation.SUBJECT_DELETE;
import static io.concordat.server.Operation.SUBJECT_LIST;
import static io.concordat.server.Operation.SUBJECT_READ;
import static io.concordat.server.Operation.SUBJECT_WRITE;
import static io.concordat.server.Work.BRIEF;
import static io.concordat.server.Work.LONG;
import static io.concordat.server.Work.LONG_IF_FORMATTED;

import io.concordat.engine.RegistryEngine;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The table of everything the server answers. */
final class Routes {
    private static final String SUBJECT = "/subjects/{subject}";
    private static final String VERSIONS = SUBJECT + "/versions";
    private static final String VERSION = VERSIONS + "/{version}";
    private static final String ID = "/schemas/ids/{id}";
    private static final String GUID = "/schemas/guids/{guid}";
    private static final String COMPATIBILITY = "/compatibility/subjects/{subject}/versions";

    /** By its id, or by its namespace and name. */
    private static final String RESOURCE = "/associations/resources/{resource}";

    private Routes() {}

    static List<Route> of(RegistryEngine engine, Executor workers) {
        ServerResource server = new ServerResource(engine);
        SchemaResource schemas = new SchemaResource(engine.reads());
        SubjectResource subjects = new SubjectResource(engine, workers);
        SettingsResource settings = new SettingsResource(engine);
        ContextResource contexts = new ContextResource(engine);
        AssociationResource associations = new AssociationResource(engine, workers);
        return List.of(
                get("/", SERVER_READ, BRIEF, server::alive),
                post("/", SERVER_READ, now(server::ping)),
                get("/v1/metadata/id", SERVER_READ, BRIEF, server::clusterId),
                get("/v1/metadata/version", SERVER_READ, BRIEF, server::version),
                get("/v1/metadata/deployment", SERVER_READ, BRIEF, server::deployment),
                get("/schemas", SCHEMA_READ, LONG, schemas::list).scopedBy(PREFIX_PARAMETER),
                get("/schemas/types", SERVER_READ, BRIEF, server::schemaTypes),
                get(ID, SCHEMA_READ, LONG_IF_FORMATTED, schemas::byId).scopedBy(SUBJECT_PARAMETER),
                get(ID + "/schema", SCHEMA_READ, LONG_IF_FORMATTED, schemas::textById)
                        .scopedBy(SUBJECT_PARAMETER),
                get(ID + "/subjects", SCHEMA_READ, LONG, schemas::subjects).scopedBy(SUBJECT_PARAMETER),
                get(ID + "/versions", SCHEMA_READ, LONG, schemas::versions).scopedBy(SUBJECT_PARAMETER),
                get(GUID, SCHEMA_READ, LONG_IF_FORMATTED, schemas::byGuid),
                get(GUID + "/ids", SCHEMA_READ, BRIEF, schemas::ids),
                get("/subjects", SUBJECT_LIST, LONG, subjects::list).scopedBy(PREFIX_PARAMETER),
                post(SUBJECT, SUBJECT_READ, now(subjects::lookUp)),
                delete(SUBJECT, SUBJECT_DELETE, subjects::delete),
                get(SUBJECT + "/metadata", SUBJECT_READ, LONG_IF_FORMATTED, subjects::newestWith),
                get(VERSIONS, SUBJECT_READ, BRIEF, subjects::versions),
                post(VERSIONS, SUBJECT_WRITE, subjects::register),
                get(VERSION, SUBJECT_READ, LONG_IF_FORMATTED, subjects::version),
                delete(VERSION, SUBJECT_DELETE, subjects::deleteVersion),
                get(VERSION + "/schema", SUBJECT_READ, LONG_IF_FORMATTED, subjects::schema),
                get(VERSION + "/referencedby", SUBJECT_READ, LONG, subjects::referrers),
                post(VERSION + "/tags", SUBJECT_WRITE, subjects::amend),
                post(COMPATIBILITY, COMPATIBILITY_READ, now(subjects::check)),
                post(COMPATIBILITY + "/{version}", COMPATIBILITY_READ, now(subjects::checkVersion)),
                get("/config", CONFIG_READ, BRIEF, settings::config).scopedBy(ContextScope.SUBJECT),
                put("/config", CONFIG_WRITE, settings::updateConfig).scopedBy(ContextScope.SUBJECT),
                delete("/config", CONFIG_WRITE, settings::deleteConfig).scopedBy(ContextScope.SUBJECT),
                get("/config/{subject}", CONFIG_READ, BRIEF, settings::config),
                put("/config/{subject}", CONFIG_WRITE, settings::updateConfig),
                delete("/config/{subject}", CONFIG_WRITE, settings::deleteConfig),
                get("/mode", MODE_READ, BRIEF, settings::mode).scopedBy(ContextScope.SUBJECT),
                put("/mode", MODE_WRITE, settings::updateMode).scopedBy(ContextScope.SUBJECT),
                delete("/mode", MODE_WRITE, settings::deleteMode).scopedBy(ContextScope.SUBJECT),
                get("/mode/{subject}", MODE_READ, BRIEF, settings::mode),
                put("/mode/{subject}", MODE_WRITE, settings::updateMode),
                delete("/mode/{subject}", MODE_WRITE, settings::deleteMode),
                get("/contexts", CONTEXT_LIST, LONG, contexts::list),
                delete("/contexts/{context}", CONTEXT_DELETE, contexts::delete),
                get("/associations/subjects/{subject}", ASSOCIATION_READ, LONG, associations::ofSubject),
                get(RESOURCE, ASSOCIATION_READ, BRIEF, associations::ofResourceId),
                get(RESOURCE + "/{name}", ASSOCIATION_READ, BRIEF, associations::ofResourceName),
                put(RESOURCE, ASSOCIATION_WRITE, associations::upsert).scopedBy(CONTEXT_PARAMETER),
                delete(RESOURCE, ASSOCIATION_WRITE, associations::delete),
                post("/associations", ASSOCIATION_WRITE, associations::create).scopedBy(CONTEXT_PARAMETER),
                post("/associations:batchGet", ASSOCIATION_READ, now(associations::batchGet))
                        .scopedBy(CONTEXT_PARAMETER),
                post("/associations:batchMutate", ASSOCIATION_WRITE, associations::batchMutate)
                        .scopedBy(CONTEXT_PARAMETER));
    }

    private static Route get(String path, Operation operation, Work work, Function<Request, Answer> answer) {
        return new Route(HttpMethod.GET, path, operation, work, false, now(answer));
    }

    private static Route post(String path, Operation operation, Handler handler) {
        return new Route(HttpMethod.POST, path, operation, LONG, true, handler);
    }

    private static Route put(String path, Operation operation, Handler handler) {
        return new Route(HttpMethod.PUT, path, operation, LONG, true, handler);
    }

    private static Route delete(String path, Operation operation, Handler handler) {
        return new Route(HttpMethod.DELETE, path, operation, BRIEF, false, handler);
    }
}
