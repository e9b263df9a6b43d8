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

import io.concordat.api.ErrorCode;
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

    /** Why a change of associations may be refused. */
    private static final ErrorCode[] ASSOCIATION_REFUSALS = {
        ErrorCode.TOO_MANY_ASSOCIATIONS,
        ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS,
        ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS,
        ErrorCode.STRONG_ASSOCIATION_EXISTS,
        ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION,
        ErrorCode.ASSOCIATION_FROZEN,
        ErrorCode.INVALID_ASSOCIATION,
        ErrorCode.INVALID_SUBJECT,
        ErrorCode.INVALID_RULE_SET,
        ErrorCode.INVALID_SCHEMA,
        ErrorCode.INCOMPATIBLE_SCHEMA,
        ErrorCode.OPERATION_NOT_PERMITTED,
        ErrorCode.STORE_FAILED,
    };

    private Routes() {}

    static List<Route> of(RegistryEngine engine, Executor workers, HealthResource health) {
        ServerResource server = new ServerResource(engine);
        SchemaResource schemas = new SchemaResource(engine.reads(), engine.associations());
        SubjectResource subjects = new SubjectResource(engine, workers);
        SettingsResource settings = new SettingsResource(engine);
        ContextResource contexts = new ContextResource(engine);
        AssociationResource associations = new AssociationResource(engine, workers);
        return OpenApi.describing(List.of(
                get("/", SERVER_READ, BRIEF, server::alive)
                        .described("alive", "Say that the server is there", Shape.NOTHING),
                post("/", SERVER_READ, now(server::ping))
                        .described("ping", "Say that the server is there", Shape.NOTHING)
                        .taking(Shape.NOTHING),
                get("/health/live", SERVER_READ, BRIEF, health::live)
                        .described("live", "Whether the server need not be restarted", Shape.HEALTH),
                get("/health/started", SERVER_READ, BRIEF, health::started)
                        .described("started", "Whether the server has come up: 503 until then", Shape.HEALTH),
                get("/health/ready", SERVER_READ, BRIEF, health::ready)
                        .described("ready", "Whether clients are served well here: 503 if not", Shape.HEALTH),
                get("/metrics", SERVER_READ, BRIEF, health::metrics)
                        .described("metrics", "Measurements in the text format of Prometheus", Shape.METRICS),
                get("/v1/metadata/id", SERVER_READ, BRIEF, server::clusterId)
                        .described("clusterId", "The identity of the registry", Shape.CLUSTER),
                get("/v1/metadata/version", SERVER_READ, BRIEF, server::version)
                        .described("serverVersion", "The version of the server", Shape.VERSION_OF_SERVER),
                get("/v1/metadata/deployment", SERVER_READ, BRIEF, server::deployment)
                        .described("deployment", "Attributes of the deployment", Shape.DEPLOYMENT),
                get("/schemas", SCHEMA_READ, LONG, schemas::list)
                        .scopedBy(PREFIX_PARAMETER)
                        .described("listSchemas", "Versions with their schemas, by subject", Shape.VERSIONS)
                        .asking(
                                Parameter.SUBJECT_PREFIX,
                                Parameter.ALIASES,
                                Parameter.DELETED,
                                Parameter.LATEST_ONLY,
                                Parameter.RULE_TYPE)
                        .asking(Parameter.associations())
                        .asking(Parameter.page())
                        .refusing(ErrorCode.INVALID_ASSOCIATION),
                get("/schemas/types", SERVER_READ, BRIEF, server::schemaTypes)
                        .described("schemaTypes", "The schema languages that are understood", Shape.NAMES),
                get(ID, SCHEMA_READ, LONG_IF_FORMATTED, schemas::byId)
                        .scopedBy(SUBJECT_PARAMETER)
                        .described("schemaById", "The schema of an id", Shape.SCHEMA)
                        .asking(
                                Parameter.SUBJECT,
                                Parameter.FORMAT,
                                Parameter.REFERENCE_FORMAT,
                                Parameter.FIND_TAGS,
                                Parameter.FETCH_MAX_ID)
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(ID + "/schema", SCHEMA_READ, LONG_IF_FORMATTED, schemas::textById)
                        .scopedBy(SUBJECT_PARAMETER)
                        .described("schemaTextById", "The text of the schema of an id", Shape.SCHEMA_TEXT)
                        .asking(Parameter.SUBJECT, Parameter.FORMAT)
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(ID + "/subjects", SCHEMA_READ, LONG, schemas::subjects)
                        .scopedBy(SUBJECT_PARAMETER)
                        .described("subjectsOfId", "The subjects that have the schema of an id", Shape.NAMES)
                        .asking(Parameter.SUBJECT, Parameter.DELETED)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(ID + "/versions", SCHEMA_READ, LONG, schemas::versions)
                        .scopedBy(SUBJECT_PARAMETER)
                        .described("versionsOfId", "The versions that have the schema of an id", Shape.SUBJECT_VERSIONS)
                        .asking(Parameter.SUBJECT, Parameter.DELETED)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(GUID, SCHEMA_READ, LONG_IF_FORMATTED, schemas::byGuid)
                        .described("schemaByGuid", "The schema of a GUID", Shape.SCHEMA)
                        .asking(Parameter.FORMAT, Parameter.REFERENCE_FORMAT, Parameter.FIND_TAGS)
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(GUID + "/ids", SCHEMA_READ, BRIEF, schemas::ids)
                        .described("idsOfGuid", "The ids of the schema of a GUID, by context", Shape.CONTEXT_IDS),
                get("/subjects", SUBJECT_LIST, LONG, subjects::list)
                        .scopedBy(PREFIX_PARAMETER)
                        .described("listSubjects", "The names of subjects, sorted", Shape.NAMES)
                        .asking(Parameter.SUBJECT_PREFIX, Parameter.DELETED, Parameter.DELETED_ONLY)
                        .asking(Parameter.page()),
                post(SUBJECT, SUBJECT_READ, Handler.atOnceOr(subjects::lookUpAtOnce, subjects::lookUp))
                        .described("lookUpSchema", "Find the version that has a schema", Shape.VERSION)
                        .taking(Shape.SCHEMA_REQUEST)
                        .asking(
                                Parameter.NORMALIZE,
                                Parameter.DELETED,
                                Parameter.FORMAT,
                                Parameter.REFERENCE_FORMAT,
                                Parameter.FIND_TAGS)
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND, ErrorCode.INVALID_SCHEMA),
                delete(SUBJECT, SUBJECT_DELETE, subjects::delete)
                        .described("deleteSubject", "Delete all versions of a subject", Shape.NUMBERS)
                        .asking(Parameter.PERMANENT)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.SUBJECT_SOFT_DELETED,
                                ErrorCode.SUBJECT_NOT_SOFT_DELETED,
                                ErrorCode.REFERENCE_EXISTS,
                                ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.INVALID_SUBJECT,
                                ErrorCode.STORE_FAILED),
                get(SUBJECT + "/metadata", SUBJECT_READ, LONG_IF_FORMATTED, subjects::newestWith)
                        .described(
                                "latestWithMetadata",
                                "The latest version that has these metadata properties",
                                Shape.VERSION)
                        .asking(
                                Parameter.KEY,
                                Parameter.VALUE,
                                Parameter.DELETED,
                                Parameter.FORMAT,
                                Parameter.REFERENCE_FORMAT,
                                Parameter.FIND_TAGS)
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND),
                get(VERSIONS, SUBJECT_READ, BRIEF, subjects::versions)
                        .described("listVersions", "The versions of a subject, ascending", Shape.NUMBERS)
                        .asking(Parameter.DELETED, Parameter.DELETED_ONLY, Parameter.DELETED_AS_NEGATIVE)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND),
                post(VERSIONS, SUBJECT_WRITE, subjects::register)
                        .described(
                                "registerSchema", "Register a schema, or find that it is registered", Shape.REGISTERED)
                        .taking(Shape.SCHEMA_REQUEST)
                        .asking(
                                Parameter.NORMALIZE,
                                Parameter.FORCE,
                                Parameter.FORMAT,
                                Parameter.REFERENCE_FORMAT,
                                Parameter.FIND_TAGS,
                                Parameter.EXPLAIN)
                        .refusing(
                                ErrorCode.INCOMPATIBLE_SCHEMA,
                                ErrorCode.INVALID_SCHEMA,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.INVALID_SUBJECT,
                                ErrorCode.INVALID_RULE_SET,
                                ErrorCode.STORE_FAILED),
                get(VERSION, SUBJECT_READ, LONG_IF_FORMATTED, subjects::version)
                        .described("version", "A version of a subject", Shape.VERSION)
                        .asking(Parameter.DELETED, Parameter.FORMAT, Parameter.REFERENCE_FORMAT, Parameter.FIND_TAGS)
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.INVALID_VERSION),
                delete(VERSION, SUBJECT_DELETE, subjects::deleteVersion)
                        .described("deleteVersion", "Delete a version of a subject", Shape.NUMBER)
                        .asking(Parameter.PERMANENT)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.VERSION_NOT_FOUND,
                                ErrorCode.VERSION_SOFT_DELETED,
                                ErrorCode.VERSION_NOT_SOFT_DELETED,
                                ErrorCode.INVALID_VERSION,
                                ErrorCode.REFERENCE_EXISTS,
                                ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                get(VERSION + "/schema", SUBJECT_READ, LONG_IF_FORMATTED, subjects::schema)
                        .described("versionText", "The text of the schema of a version", Shape.SCHEMA_TEXT)
                        .asking(Parameter.DELETED, Parameter.FORMAT)
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.INVALID_VERSION),
                get(VERSION + "/referencedby", SUBJECT_READ, LONG, subjects::referrers)
                        .described("listReferrers", "The ids of the schemas that refer to a version", Shape.NUMBERS)
                        .asking(Parameter.DELETED)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.INVALID_VERSION),
                post(VERSION + "/tags", SUBJECT_WRITE, subjects::amend)
                        .described(
                                "changeTags",
                                "Register a version again with other tags, metadata or rules",
                                Shape.REGISTERED)
                        .taking(Shape.TAG_CHANGE)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.VERSION_NOT_FOUND,
                                ErrorCode.INVALID_VERSION,
                                ErrorCode.INVALID_SCHEMA,
                                ErrorCode.INCOMPATIBLE_SCHEMA,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                post(COMPATIBILITY, COMPATIBILITY_READ, now(subjects::check))
                        .described("checkCompatibility", "Whether a schema could be registered", Shape.VERDICT)
                        .taking(Shape.SCHEMA_REQUEST)
                        .asking(Parameter.VERBOSE, Parameter.NORMALIZE, Parameter.EXPLAIN)
                        .refusing(ErrorCode.INVALID_SCHEMA),
                post(COMPATIBILITY + "/{version}", COMPATIBILITY_READ, now(subjects::checkVersion))
                        .described(
                                "checkCompatibilityWithVersion",
                                "Whether a schema could follow a version",
                                Shape.VERDICT)
                        .taking(Shape.SCHEMA_REQUEST)
                        .asking(Parameter.VERBOSE, Parameter.NORMALIZE, Parameter.EXPLAIN)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.VERSION_NOT_FOUND,
                                ErrorCode.INVALID_SCHEMA,
                                ErrorCode.INVALID_VERSION),
                get("/config", CONFIG_READ, BRIEF, settings::config)
                        .scopedBy(ContextScope.SUBJECT)
                        .described("readGlobalConfig", "The settings of the registry", Shape.CONFIG)
                        .asking(Parameter.DEFAULT_TO_GLOBAL)
                        .refusing(ErrorCode.NO_SUBJECT_COMPATIBILITY),
                put("/config", CONFIG_WRITE, settings::updateConfig)
                        .scopedBy(ContextScope.SUBJECT)
                        .described("changeGlobalConfig", "Change the settings of the registry", Shape.CONFIG_CHANGE)
                        .taking(Shape.CONFIG_CHANGE)
                        .refusing(
                                ErrorCode.INVALID_COMPATIBILITY,
                                ErrorCode.INVALID_RULE_SET,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                delete("/config", CONFIG_WRITE, settings::deleteConfig)
                        .scopedBy(ContextScope.SUBJECT)
                        .described("deleteGlobalConfig", "Give up the settings of the registry", Shape.CONFIG)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.OPERATION_NOT_PERMITTED, ErrorCode.STORE_FAILED),
                get("/config/{subject}", CONFIG_READ, BRIEF, settings::config)
                        .described(
                                "readSubjectConfig",
                                "The settings of a subject, or of a context: `:.name:`",
                                Shape.CONFIG)
                        .asking(Parameter.DEFAULT_TO_GLOBAL)
                        .refusing(ErrorCode.NO_SUBJECT_COMPATIBILITY, ErrorCode.SUBJECT_NOT_FOUND),
                put("/config/{subject}", CONFIG_WRITE, settings::updateConfig)
                        .described(
                                "changeSubjectConfig",
                                "Change the settings of a subject, or of a context: `:.name:`",
                                Shape.CONFIG_CHANGE)
                        .taking(Shape.CONFIG_CHANGE)
                        .refusing(
                                ErrorCode.INVALID_COMPATIBILITY,
                                ErrorCode.INVALID_RULE_SET,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED,
                                ErrorCode.INVALID_SUBJECT),
                delete("/config/{subject}", CONFIG_WRITE, settings::deleteConfig)
                        .described(
                                "deleteSubjectConfig",
                                "Give up the settings of a subject, or of a context: `:.name:`",
                                Shape.CONFIG)
                        .refusing(
                                ErrorCode.NO_SUBJECT_COMPATIBILITY,
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                get("/mode", MODE_READ, BRIEF, settings::mode)
                        .scopedBy(ContextScope.SUBJECT)
                        .described("readGlobalMode", "The mode of the registry", Shape.MODE)
                        .asking(Parameter.DEFAULT_TO_GLOBAL)
                        .refusing(ErrorCode.NO_SUBJECT_MODE),
                put("/mode", MODE_WRITE, settings::updateMode)
                        .scopedBy(ContextScope.SUBJECT)
                        .described("changeGlobalMode", "Change the mode of the registry", Shape.MODE)
                        .taking(Shape.MODE_CHANGE)
                        .asking(Parameter.FORCE)
                        .refusing(
                                ErrorCode.INVALID_MODE,
                                ErrorCode.REFERENCE_EXISTS,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                delete("/mode", MODE_WRITE, settings::deleteMode)
                        .scopedBy(ContextScope.SUBJECT)
                        .described("deleteGlobalMode", "Give up the mode of the registry", Shape.MODE)
                        .asking(Parameter.RECURSIVE)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.OPERATION_NOT_PERMITTED, ErrorCode.STORE_FAILED),
                get("/mode/{subject}", MODE_READ, BRIEF, settings::mode)
                        .described("readSubjectMode", "The mode of a subject, or of a context: `:.name:`", Shape.MODE)
                        .asking(Parameter.DEFAULT_TO_GLOBAL)
                        .refusing(ErrorCode.NO_SUBJECT_MODE, ErrorCode.SUBJECT_NOT_FOUND),
                put("/mode/{subject}", MODE_WRITE, settings::updateMode)
                        .described(
                                "changeSubjectMode",
                                "Change the mode of a subject, or of a context: `:.name:`",
                                Shape.MODE)
                        .taking(Shape.MODE_CHANGE)
                        .asking(Parameter.FORCE)
                        .refusing(
                                ErrorCode.INVALID_MODE,
                                ErrorCode.REFERENCE_EXISTS,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED,
                                ErrorCode.INVALID_SUBJECT),
                delete("/mode/{subject}", MODE_WRITE, settings::deleteMode)
                        .described(
                                "deleteSubjectMode",
                                "Give up the mode of a subject, or of a context: `:.name:`",
                                Shape.MODE)
                        .asking(Parameter.RECURSIVE)
                        .refusing(
                                ErrorCode.NO_SUBJECT_MODE,
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                get("/contexts", CONTEXT_LIST, LONG, contexts::list)
                        .described("listContexts", "The names of contexts, sorted", Shape.NAMES)
                        .asking(Parameter.CONTEXT_PREFIX)
                        .asking(Parameter.page()),
                delete("/contexts/{context}", CONTEXT_DELETE, contexts::delete)
                        .described("deleteContext", "Delete an empty context", Shape.NONE)
                        .refusing(
                                ErrorCode.CONTEXT_NOT_EMPTY, ErrorCode.OPERATION_NOT_PERMITTED, ErrorCode.STORE_FAILED),
                get("/associations/subjects/{subject}", ASSOCIATION_READ, LONG, associations::ofSubject)
                        .described("associationsOfSubject", "What a subject is associated with", Shape.ASSOCIATIONS)
                        .asking(Parameter.associations())
                        .asking(Parameter.page())
                        .refusing(ErrorCode.INVALID_ASSOCIATION),
                get(RESOURCE, ASSOCIATION_READ, BRIEF, associations::ofResourceId)
                        .described(
                                "associationsOfResource",
                                "The associations of a resource, by its id",
                                Shape.ASSOCIATIONS)
                        .asking(Parameter.associations())
                        .asking(Parameter.page())
                        .refusing(ErrorCode.INVALID_ASSOCIATION),
                get(RESOURCE + "/{name}", ASSOCIATION_READ, BRIEF, associations::ofResourceName)
                        .described(
                                "associationsOfResourceName",
                                "The associations of a resource, by its namespace (`-` for any) and name",
                                Shape.ASSOCIATIONS)
                        .asking(Parameter.associations())
                        .asking(Parameter.page())
                        .refusing(ErrorCode.INVALID_ASSOCIATION),
                put(RESOURCE, ASSOCIATION_WRITE, associations::upsert)
                        .scopedBy(CONTEXT_PARAMETER)
                        .described(
                                "changeAssociations",
                                "Make or change associations of a resource",
                                Shape.ASSOCIATION_RESULT)
                        .taking(Shape.ASSOCIATION_REQUEST)
                        .asking(Parameter.CONTEXT, Parameter.DRY_RUN)
                        .refusing(ASSOCIATION_REFUSALS),
                delete(RESOURCE, ASSOCIATION_WRITE, associations::delete)
                        .described("deleteAssociations", "Delete associations of a resource", Shape.NONE)
                        .asking(Parameter.associations())
                        .asking(Parameter.CASCADE_LIFECYCLE, Parameter.DRY_RUN)
                        .refusing(
                                ErrorCode.ASSOCIATION_NOT_FOUND,
                                ErrorCode.ASSOCIATION_FROZEN,
                                ErrorCode.INVALID_ASSOCIATION,
                                ErrorCode.REFERENCE_EXISTS,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                post("/associations", ASSOCIATION_WRITE, associations::create)
                        .scopedBy(CONTEXT_PARAMETER)
                        .described("createAssociations", "Make associations of a resource", Shape.ASSOCIATION_RESULT)
                        .taking(Shape.ASSOCIATION_REQUEST)
                        .asking(Parameter.CONTEXT, Parameter.DRY_RUN)
                        .refusing(ASSOCIATION_REFUSALS),
                post("/associations:batchGet", ASSOCIATION_READ, now(associations::batchGet))
                        .scopedBy(CONTEXT_PARAMETER)
                        .described(
                                "batchGetAssociations",
                                "Answer several questions for associations, each by itself",
                                Shape.ASSOCIATION_RESULTS)
                        .taking(Shape.ASSOCIATION_BATCH)
                        .asking(Parameter.CONTEXT)
                        .refusing(ErrorCode.INVALID_ASSOCIATION),
                post("/associations:batchMutate", ASSOCIATION_WRITE, associations::batchMutate)
                        .scopedBy(CONTEXT_PARAMETER)
                        .described(
                                "batchMutateAssociations",
                                "Change associations of several resources, each by itself",
                                Shape.ASSOCIATION_RESULTS)
                        .taking(Shape.ASSOCIATION_BATCH)
                        .asking(Parameter.CONTEXT, Parameter.DRY_RUN)
                        .refusing(ErrorCode.INVALID_ASSOCIATION, ErrorCode.STORE_FAILED)));
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
