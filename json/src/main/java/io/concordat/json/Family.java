package io.concordat.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a type stands for, and how JSON says which of them an object is of.
 *
 * @param members at least one
 * @param mark how it is said; null if it is not
 * @param property where it is said, if it is in a property
 */
record Family(
        List<Member> members, @Nullable As mark, @Nullable String property) {
    /**
     * A class of objects.
     *
     * @param id what the class is called in JSON; null if that is not known beforehand, or not said at all
     */
    record Member(JavaType type, @Nullable String id) {}

    /** Whether a class stands for others. */
    static boolean isFamily(Class<?> type, ObjectMapper mapper) {
        SerializationConfig config = mapper.getSerializationConfig();
        return concrete(type, config).size() > 1;
    }

    /**
     * @return null if the type stands for itself alone, and says nothing about it
     * @throws JsonMappingException if it is said in a way for which there is no schema
     */
    static @Nullable Family of(JavaType type, SerializerProvider provider) throws JsonMappingException {
        TypeSerializer said = provider.findTypeSerializer(type);
        if (said == null && !SealedTypes.isSealed(type.getRawClass())) {
            return null;
        }
        Set<Class<?>> classes = concrete(type.getRawClass(), provider.getConfig());
        if (classes.isEmpty()) {
            throw new JsonMappingException(
                    null,
                    type.getRawClass().getName() + " stands for classes that it does not name (@JsonSubTypes,"
                            + " or a sealed type)");
        }
        TypeIdResolver ids = said == null ? null : namesIn(said);
        List<Member> members = new ArrayList<>();
        for (Class<?> each : classes) {
            String id = ids == null ? null : id(each, type, ids);
            members.add(new Member(provider.constructSpecializedType(type, each), id));
        }
        return said == null || ids == null
                ? new Family(members, null, null)
                : new Family(members, mark(type, said), said.getPropertyName());
    }

    /** What names the classes; null if nothing does. */
    private static @Nullable TypeIdResolver namesIn(TypeSerializer said) {
        TypeIdResolver ids = said.getTypeIdResolver();
        return ids == null
                        || ids.getMechanism() == JsonTypeInfo.Id.DEDUCTION
                        || ids.getMechanism() == JsonTypeInfo.Id.NONE
                ? null
                : ids;
    }

    private static As mark(JavaType type, TypeSerializer said) throws JsonMappingException {
        return switch (said.getTypeInclusion()) {
            case PROPERTY, EXISTING_PROPERTY -> As.PROPERTY;
            case WRAPPER_OBJECT -> As.WRAPPER_OBJECT;
            case WRAPPER_ARRAY -> As.WRAPPER_ARRAY;
            default ->
                throw new JsonMappingException(
                        null,
                        type.getRawClass().getName() + " says its class beside itself (" + said.getTypeInclusion()
                                + ")");
        };
    }

    private static @Nullable String id(Class<?> member, JavaType base, TypeIdResolver ids) {
        if (ids.getMechanism() == JsonTypeInfo.Id.MINIMAL_CLASS) {
            String name = base.getRawClass().getName();
            String packageName = name.substring(0, name.lastIndexOf('.') + 1);
            boolean within = !packageName.isEmpty() && member.getName().startsWith(packageName);
            return within ? member.getName().substring(packageName.length() - 1) : member.getName();
        }
        if (ids.getMechanism() == JsonTypeInfo.Id.CUSTOM) {
            return null; // May ask for a value.
        }
        return ids.idFromValueAndType(null, member);
    }

    /** In the order in which they are named. */
    private static Set<Class<?>> concrete(Class<?> base, SerializationConfig config) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        collect(base, config, seen);
        seen.removeIf(type -> type.isInterface() || Modifier.isAbstract(type.getModifiers()));
        return seen;
    }

    private static void collect(Class<?> type, SerializationConfig config, Set<Class<?>> seen) {
        if (!seen.add(type)) {
            return;
        }
        AnnotatedClass alone = AnnotatedClassResolver.resolveWithoutSuperTypes(config, type);
        List<NamedType> named = config.getAnnotationIntrospector().findSubtypes(alone);
        if (named != null) {
            named.stream()
                    .map(NamedType::getType)
                    .filter(type::isAssignableFrom)
                    .forEach(subtype -> collect(subtype, config, seen));
        }
    }
}
