package io.concordat.avro.classes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/** The way to the members of an application's classes, which need not be public. */
final class Access {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** Makes a handle of a member. */
    private interface Unreflecting<M> {
        MethodHandle handle(M member) throws IllegalAccessException;
    }

    private Access() {}

    static MethodHandle to(Constructor<?> constructor, Place place) {
        return to(constructor, LOOKUP::unreflectConstructor, constructor.getDeclaringClass(), place);
    }

    static MethodHandle to(Method method, Place place) {
        return to(method, LOOKUP::unreflect, method.getDeclaringClass(), place);
    }

    static MethodHandle toGet(Field field, Place place) {
        return to(field, LOOKUP::unreflectGetter, field.getDeclaringClass(), place);
    }

    static MethodHandle toSet(Field field, Place place) {
        return to(field, LOOKUP::unreflectSetter, field.getDeclaringClass(), place);
    }

    private static <M extends AccessibleObject> MethodHandle to(
            M member, Unreflecting<M> unreflecting, Class<?> owner, Place place) {
        try {
            member.setAccessible(true);
            return unreflecting.handle(member);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            throw place.refused(
                    owner.getName() + " does not let its members be used: its module has to open package "
                            + owner.getPackageName() + " to "
                            + (Access.class.getModule().isNamed()
                                    ? Access.class.getModule().getName()
                                    : "all"),
                    e);
        }
    }
}
