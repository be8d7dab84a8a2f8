package dev.redoubt.agent.redirect;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Reads, and copies, objects of classes that cannot be seen from here. Stateless. */
final class Mirror {
    private Mirror() {}

    /** A new object of the same class, with the values of all fields that are not final. */
    static Object copy(Object original) throws ReflectiveOperationException {
        Constructor<?> constructor = original.getClass().getDeclaredConstructor();
        open(constructor);
        Object copy = constructor.newInstance();
        for (Class<?> type = original.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.FINAL)) == 0) {
                    open(field);
                    field.set(copy, field.get(original));
                }
            }
        }
        return copy;
    }

    /** The value of a field; null where there is no such field. */
    static @Nullable Object valueOrNull(Object object, String name) {
        try {
            Field field = fieldOf(object, name);
            return field == null ? null : field.get(object);
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    /** Sets a field. */
    static void set(Object object, String name, @Nullable Object value) throws ReflectiveOperationException {
        Field field = fieldOf(object, name);
        if (field == null) {
            throw new NoSuchFieldException(object.getClass().getName() + "." + name);
        }
        field.set(object, value);
    }

    /** Sets a field, where there is one of that name. */
    static void setIfThere(Object object, String name, @Nullable Object value) throws IllegalAccessException {
        Field field = fieldOf(object, name);
        if (field != null) {
            field.set(object, value);
        }
    }

    /** Calls a method without arguments. */
    static @Nullable Object call(Object object, String name) throws ReflectiveOperationException {
        Method method = object.getClass().getMethod(name);
        open(method);
        return method.invoke(object);
    }

    /** Calls a method without arguments that answers with a text. */
    static String text(Object object, String name) throws ReflectiveOperationException {
        return String.valueOf(call(object, name));
    }

    /** Calls a method without arguments that answers with a number. */
    static int number(Object object, String name) throws ReflectiveOperationException {
        Object number = call(object, name);
        if (!(number instanceof Integer)) {
            throw new NoSuchMethodException(name + " gives no int");
        }
        return (Integer) number;
    }

    private static @Nullable Field fieldOf(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
                    open(field);
                    return field;
                }
            }
        }
        return null;
    }

    private static void open(AccessibleObject member) {
        member.setAccessible(true);
    }
}
