package io.concordat.server;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.Lifecycle;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.AssociationRequest;
import io.concordat.engine.AssociationRequest.Change;
import io.concordat.engine.AssociationRequest.NewSchema;
import io.concordat.engine.AssociationRequest.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a change of associations is read.
 *
 * @param operation what is done where the body does not say
 * @param context where subjects are that name no context
 */
record AssociationBody(Operation operation, Context context) {
    /** What a request does where its body does not say. */
    static AssociationBody of(Operation operation, Request request) {
        return new AssociationBody(operation, context(request));
    }

    /** @throws RegistryException {@link ErrorCode#BAD_REQUEST} if it cannot be the name of a context */
    static Context context(Request request) {
        String name = request.query("context");
        return name.isEmpty() ? Context.DEFAULT : Target.context(name);
    }

    /**
     * @throws RegistryException {@link ErrorCode#INVALID_ASSOCIATION} if a member says what it cannot
     * @throws IllegalArgumentException if a member is of the wrong type
     */
    AssociationRequest request(Map<?, ?> members) {
        return request(members, text(members, "resourceId"), false);
    }

    /** The same, for the resource of that id. */
    AssociationRequest request(Map<?, ?> members, String resourceId) {
        String sent = text(members, "resourceId");
        if (!sent.isEmpty() && !sent.equals(resourceId)) {
            throw invalid("resourceId", "'" + sent + "' is not the '" + resourceId + "' of the path");
        }
        return request(members, resourceId, false);
    }

    /** The same, where each change names its operation. */
    AssociationRequest mutation(Map<?, ?> members) {
        return understood(() -> request(members, text(members, "resourceId"), true));
    }

    private AssociationRequest request(Map<?, ?> members, String resourceId, boolean mixed) {
        String type = text(members, "resourceType");
        AssociatedResource resource = new AssociatedResource(
                text(members, "resourceName"),
                text(members, "resourceNamespace"),
                resourceId,
                type.isEmpty() ? AssociatedResource.TOPIC : type);
        List<Change> changes = new ArrayList<>();
        Object sent = members.get("associations");
        for (Object change : sent == null ? List.of() : JsonShape.list("associations", sent)) {
            changes.add(change(JsonShape.object("associations", change), mixed));
        }
        return new AssociationRequest(resource, changes);
    }

    private Change change(Map<?, ?> members, boolean mixed) {
        String type = text(members, "associationType");
        boolean normalize = optional(members, "normalize", value -> JsonShape.flag("normalize", value))
                .orElse(false);
        return new Change(
                mixed ? operation(text(members, "opType")) : operation,
                type.isEmpty() ? "value" : type,
                Optional.of(text(members, "subject"))
                        .filter(name -> !name.isEmpty())
                        .map(Subject.all(context)::resolve),
                optional(members, "lifecycle", value -> lifecycle(JsonShape.text("lifecycle", value))),
                optional(members, "frozen", value -> JsonShape.flag("frozen", value)),
                optional(members, "schema", value -> schema(JsonShape.object("schema", value), normalize)),
                optional(members, "cascadeLifecycle", value -> JsonShape.flag("cascadeLifecycle", value))
                        .orElse(false));
    }

    private static NewSchema schema(Map<?, ?> members, boolean normalize) {
        SchemaRequest sent = SchemaRequest.of(members);
        return new NewSchema(
                sent.content(), new RegisterOptions(normalize, false, sent.id(), sent.version()), sent.tags());
    }

    private Operation operation(String name) {
        if (name.isEmpty()) {
            return operation;
        }
        try {
            return Operation.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid("opType", "'" + name + "' is none of CREATE, UPSERT and DELETE");
        }
    }

    static Lifecycle lifecycle(String name) {
        return Lifecycle.find(name)
                .orElseThrow(() -> invalid("lifecycle", "'" + name + "' is neither STRONG nor WEAK"));
    }

    /** The requests of a batch. */
    static List<Map<?, ?>> requests(Map<?, ?> batch) {
        Object sent = batch.get("requests");
        if (sent == null) {
            throw invalid("requests", "cannot be null");
        }
        List<Map<?, ?>> requests = new ArrayList<>();
        JsonShape.list("requests", sent).forEach(request -> requests.add(JsonShape.object("requests", request)));
        return requests;
    }

    static String text(Map<?, ?> members, String member) {
        return optional(members, member, value -> JsonShape.text(member, value)).orElse("");
    }

    private static <T> Optional<T> optional(Map<?, ?> members, String member, Function<Object, T> meaning) {
        @Nullable Object value = members.get(member);
        return value == null ? Optional.empty() : Optional.of(meaning.apply(value));
    }

    /** One part of a batch, which is refused without the others. */
    static <T> T understood(Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (IllegalArgumentException e) {
            throw new RegistryException(ErrorCode.BAD_REQUEST, "Cannot read the request: " + e.getMessage(), e);
        }
    }

    static RegistryException invalid(String property, String detail) {
        return new RegistryException(
                ErrorCode.INVALID_ASSOCIATION,
                "The association specified an invalid value for property: '" + property + "', detail: " + detail);
    }
}
