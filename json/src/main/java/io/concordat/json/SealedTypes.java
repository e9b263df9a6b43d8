package io.concordat.json;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jackson's annotations; where they name no subtypes of a sealed type, those are the ones that it permits. */
final class SealedTypes extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        List<NamedType> named = super.findSubtypes(annotated);
        Class<?> type = annotated.getRawType();
        if (named != null || type == null || !isSealed(type)) {
            return named;
        }
        return Arrays.stream(type.getPermittedSubclasses()).map(NamedType::new).toList();
    }

    /** An enum whose constants have classes of their own is sealed, too, and none is meant. */
    static boolean isSealed(Class<?> type) {
        return type.isSealed() && !type.isEnum();
    }
}
