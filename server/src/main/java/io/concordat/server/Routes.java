package io.concordat.server;

import static io.concordat.server.Handler.now;
import static io.concordat.server.Operation.COMPATIBILITY_READ;
import static io.concordat.server.Operation.CONFIG_READ;
import static io.concordat.server.Operation.CONFIG_WRITE;
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

    private Routes() {}

    static List<Route> of(RegistryEngine engine, Executor workers) {
        ServerResource server = new ServerResource(engine);
        SchemaResource schemas = new SchemaResource(engine);
        SubjectResource subjects = new SubjectResource(engine, workers);
        SettingsResource settings = new SettingsResource(engine);
        return OpenApi.describing(List.of(
                get("/", SERVER_READ, BRIEF, server::alive)
                        .described("alive", "Say that the server is there", Shape.NOTHING),
                post("/", SERVER_READ, now(server::ping))
                        .described("ping", "Say that the server is there", Shape.NOTHING)
                        .taking(Shape.NOTHING),
                get("/v1/metadata/id", SERVER_READ, BRIEF, server::clusterId)
                        .described("clusterId", "The identity of the registry", Shape.CLUSTER),
                get("/v1/metadata/version", SERVER_READ, BRIEF, server::version)
                        .described("serverVersion", "The version of the server", Shape.VERSION_OF_SERVER),
                get("/v1/metadata/deployment", SERVER_READ, BRIEF, server::deployment)
                        .described("deployment", "Attributes of the deployment", Shape.DEPLOYMENT),
                get("/schemas/types", SERVER_READ, BRIEF, server::schemaTypes)
                        .described("schemaTypes", "The schema languages that are understood", Shape.NAMES),
                get(ID, SCHEMA_READ, LONG_IF_FORMATTED, schemas::byId)
                        .described("schemaById", "The schema of an id", Shape.SCHEMA)
                        .asking(Parameter.SUBJECT, Parameter.FORMAT, Parameter.FETCH_MAX_ID)
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(ID + "/schema", SCHEMA_READ, LONG_IF_FORMATTED, schemas::textById)
                        .described("schemaTextById", "The text of the schema of an id", Shape.SCHEMA_TEXT)
                        .asking(Parameter.SUBJECT, Parameter.FORMAT)
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(ID + "/subjects", SCHEMA_READ, LONG, schemas::subjects)
                        .described("subjectsOfId", "The subjects that have the schema of an id", Shape.NAMES)
                        .asking(Parameter.SUBJECT, Parameter.DELETED)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(ID + "/versions", SCHEMA_READ, LONG, schemas::versions)
                        .described("versionsOfId", "The versions that have the schema of an id", Shape.SUBJECT_VERSIONS)
                        .asking(Parameter.SUBJECT, Parameter.DELETED)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(GUID, SCHEMA_READ, LONG_IF_FORMATTED, schemas::byGuid)
                        .described("schemaByGuid", "The schema of a GUID", Shape.SCHEMA)
                        .asking(Parameter.FORMAT)
                        .refusing(ErrorCode.SCHEMA_NOT_FOUND),
                get(GUID + "/ids", SCHEMA_READ, BRIEF, schemas::ids)
                        .described("idsOfGuid", "The ids of the schema of a GUID, by context", Shape.CONTEXT_IDS),
                get("/subjects", SUBJECT_LIST, LONG, subjects::list)
                        .described("listSubjects", "The names of subjects, sorted", Shape.NAMES)
                        .asking(Parameter.SUBJECT_PREFIX, Parameter.DELETED, Parameter.DELETED_ONLY)
                        .asking(Parameter.page()),
                post(SUBJECT, SUBJECT_READ, now(subjects::lookUp))
                        .described("lookUpSchema", "Find the version that has a schema", Shape.VERSION)
                        .taking(Shape.SCHEMA_REQUEST)
                        .asking(Parameter.NORMALIZE, Parameter.DELETED, Parameter.FORMAT)
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND, ErrorCode.INVALID_SCHEMA),
                delete(SUBJECT, SUBJECT_DELETE, subjects::delete)
                        .described("deleteSubject", "Delete all versions of a subject", Shape.NUMBERS)
                        .asking(Parameter.PERMANENT)
                        .refusing(
                                ErrorCode.SUBJECT_NOT_FOUND,
                                ErrorCode.SUBJECT_SOFT_DELETED,
                                ErrorCode.SUBJECT_NOT_SOFT_DELETED,
                                ErrorCode.REFERENCE_EXISTS,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.INVALID_SUBJECT,
                                ErrorCode.STORE_FAILED),
                get(VERSIONS, SUBJECT_READ, BRIEF, subjects::versions)
                        .described("listVersions", "The versions of a subject, ascending", Shape.NUMBERS)
                        .asking(Parameter.DELETED, Parameter.DELETED_ONLY, Parameter.DELETED_AS_NEGATIVE)
                        .asking(Parameter.page())
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND),
                post(VERSIONS, SUBJECT_WRITE, subjects::register)
                        .described(
                                "registerSchema", "Register a schema, or find that it is registered", Shape.REGISTERED)
                        .taking(Shape.SCHEMA_REQUEST)
                        .asking(Parameter.NORMALIZE, Parameter.FORCE, Parameter.FORMAT, Parameter.EXPLAIN)
                        .refusing(
                                ErrorCode.INCOMPATIBLE_SCHEMA,
                                ErrorCode.INVALID_SCHEMA,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.INVALID_SUBJECT,
                                ErrorCode.INVALID_RULE_SET,
                                ErrorCode.STORE_FAILED),
                get(VERSION, SUBJECT_READ, LONG_IF_FORMATTED, subjects::version)
                        .described("version", "A version of a subject", Shape.VERSION)
                        .asking(Parameter.DELETED, Parameter.FORMAT)
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
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                get(VERSION + "/schema", SUBJECT_READ, LONG_IF_FORMATTED, subjects::schema)
                        .described("versionText", "The text of the schema of a version", Shape.SCHEMA_TEXT)
                        .asking(Parameter.DELETED, Parameter.FORMAT)
                        .refusing(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.INVALID_VERSION),
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
                        .described("readGlobalConfig", "The settings of the registry", Shape.CONFIG)
                        .asking(Parameter.DEFAULT_TO_GLOBAL),
                put("/config", CONFIG_WRITE, settings::updateConfig)
                        .described("changeGlobalConfig", "Change the settings of the registry", Shape.CONFIG_CHANGE)
                        .taking(Shape.CONFIG_CHANGE)
                        .refusing(
                                ErrorCode.INVALID_COMPATIBILITY,
                                ErrorCode.INVALID_RULE_SET,
                                ErrorCode.OPERATION_NOT_PERMITTED,
                                ErrorCode.STORE_FAILED),
                delete("/config", CONFIG_WRITE, settings::deleteConfig)
                        .described("deleteGlobalConfig", "Give up the settings of the registry", Shape.CONFIG)
                        .refusing(ErrorCode.OPERATION_NOT_PERMITTED, ErrorCode.STORE_FAILED),
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
                        .described("readGlobalMode", "The mode of the registry", Shape.MODE)
                        .asking(Parameter.DEFAULT_TO_GLOBAL),
                put("/mode", MODE_WRITE, settings::updateMode)
                        .described("changeGlobalMode", "Change the mode of the registry", Shape.MODE)
                        .taking(Shape.MODE_CHANGE)
                        .asking(Parameter.FORCE)
                        .refusing(ErrorCode.INVALID_MODE, ErrorCode.OPERATION_NOT_PERMITTED, ErrorCode.STORE_FAILED),
                delete("/mode", MODE_WRITE, settings::deleteMode)
                        .described("deleteGlobalMode", "Give up the mode of the registry", Shape.MODE)
                        .asking(Parameter.RECURSIVE)
                        .refusing(ErrorCode.OPERATION_NOT_PERMITTED, ErrorCode.STORE_FAILED),
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
                                ErrorCode.STORE_FAILED)));
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
