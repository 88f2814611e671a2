package org.nucleus.wire.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Invariant;
import org.nucleus.wire.codec.WireSchema.Kind;
import org.nucleus.wire.codec.WireSchema.Label;

/** How one record class is taken apart and put together: its components, joined with the schema's fields. */
final class Shape {
    final Class<?> type;
    final Field[] fields;
    /** The same fields, highest number first. */
    final Field[] descending;

    private final Map<Integer, Field> byNumber;
    private final Map<String, Field> byName;
    private final MethodHandle constructor;

    /** One component. {@code ofEnum} is set for enums, {@code ofMessage} for messages, both by the element's type. */
    static final class Field {
        final int index;
        final int number;
        final Label label;
        final Kind kind;
        final String name;
        final @Nullable Object whenUnset;
        final @Nullable EnumNames ofEnum;
        final @Nullable Class<?> ofMessage;
        private final MethodHandle accessor;
        private @Nullable Shape shape;

        private Field(int index, WireSchema.Field schema, RecordComponent component, WireSchema all)
                throws IllegalAccessException {
            this.index = index;
            this.number = schema.number();
            this.label = schema.label();
            this.kind = schema.kind();
            this.name = schema.name();
            Class<?> element = elementOf(component);
            this.ofEnum = kind == Kind.ENUM ? new EnumNames(element, all.values(element)) : null;
            this.ofMessage = kind == Kind.MESSAGE ? element : null;
            this.whenUnset = unset(schema);
            this.accessor = MethodHandles.publicLookup()
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        }

        @Nullable
        Object get(Object message) {
            try {
                return (Object) accessor.invokeExact(message);
            } catch (Throwable e) {
                throw new IllegalStateException("Accessor of " + name + " failed", e);
            }
        }

        Shape shape(Shapes shapes) {
            Shape known = shape;
            if (known == null) {
                known = shapes.of(Objects.requireNonNull(ofMessage));
                shape = known;
            }
            return known;
        }

        private @Nullable Object unset(WireSchema.Field schema) {
            return switch (label) {
                case REPEATED, PACKED -> List.of();
                case MAP -> Map.of();
                case REQUIRED -> null;
                case OPTIONAL -> schema.defaultText() == null ? null : parseDefault(schema.defaultText());
            };
        }

        private Object parseDefault(String text) {
            return switch (kind) {
                case DOUBLE -> Double.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case INT32, UINT32 -> Integer.valueOf(text);
                case INT64, UINT64 -> Long.valueOf(text);
                case BOOL -> Boolean.valueOf(text);
                case STRING -> text;
                case ENUM ->
                    Objects.requireNonNull(Objects.requireNonNull(ofEnum).byName(text));
                case BYTES, MESSAGE -> throw new IllegalArgumentException("No default for " + name);
            };
        }

        private static Class<?> elementOf(RecordComponent component) {
            Type type = component.getGenericType();
            if (type instanceof ParameterizedType generic) {
                Type[] arguments = generic.getActualTypeArguments();
                return (Class<?>) arguments[arguments.length - 1];
            }
            return component.getType();
        }
    }

    /** The names and numbers of one enum. */
    static final class EnumNames {
        private final Map<String, Object> byName = new HashMap<>();
        private final Map<Integer, Object> byNumber = new HashMap<>();
        private final int[] numbers;

        private EnumNames(Class<?> type, Map<String, Integer> values) {
            Object[] constants = type.getEnumConstants();
            numbers = new int[constants.length];
            for (Object constant : constants) {
                String name = ((Enum<?>) constant).name();
                Invariant.check(values.containsKey(name), "enum value without a number", name);
                int number = Objects.requireNonNull(values.get(name));
                byName.put(name, constant);
                byNumber.putIfAbsent(number, constant);
                numbers[((Enum<?>) constant).ordinal()] = number;
            }
        }

        @Nullable
        Object byName(String name) {
            return byName.get(name);
        }

        @Nullable
        Object byNumber(int number) {
            return byNumber.get(number);
        }

        int numberOf(Object constant) {
            return numbers[((Enum<?>) constant).ordinal()];
        }
    }

    Shape(Class<?> type, WireSchema schema) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        List<WireSchema.Field> declared = schema.fields(type);
        Invariant.check(components.length == declared.size(), "record and schema differ", type.getName());
        try {
            fields = new Field[components.length];
            byName = new HashMap<>();
            byNumber = new HashMap<>();
            for (int i = 0; i < components.length; i++) {
                WireSchema.Field field = declared.get(i);
                Invariant.check(
                        components[i].getName().equals(camelCase(field.name())), "record and schema differ", field);
                fields[i] = new Field(i, field, components[i], schema);
                byName.put(field.name(), fields[i]);
                byNumber.put(field.number(), fields[i]);
            }
            descending = fields.clone();
            Arrays.sort(
                    descending,
                    Comparator.comparingInt((Field field) -> field.number).reversed());
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Not a public record: " + type.getName(), e);
        }
    }

    @Nullable
    Field field(String name) {
        return byName.get(name);
    }

    @Nullable
    Field field(int number) {
        return byNumber.get(number);
    }

    /** Fills what is unset in {@code values} with defaults, checks what is required, and makes the record. */
    Object construct(@Nullable Object[] values) {
        for (Field field : fields) {
            if (values[field.index] == null) {
                if (field.label == Label.REQUIRED) {
                    throw new BadMessage("Missing required field").within(field.name);
                }
                values[field.index] = field.whenUnset;
            }
        }
        try {
            return (Object) constructor.invokeExact((Object[]) values);
        } catch (Throwable e) {
            throw new IllegalStateException("Constructor of " + type.getName() + " failed", e);
        }
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        boolean up = false;
        for (char c : name.toCharArray()) {
            camel.append(up ? Character.toUpperCase(c) : c);
            up = c == '_';
            if (up) {
                camel.setLength(camel.length() - 1);
            }
        }
        return camel.toString();
    }
}
