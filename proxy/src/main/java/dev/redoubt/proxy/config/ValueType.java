package dev.redoubt.proxy.config;

/**
 * How the text of a setting becomes a value, and what is allowed. Immutable.
 *
 * @param kind what it is, for docs: "duration", "bytes", "number", ...
 * @param allowed the range or the choices, for people: "100ms to 1h"
 * @param shape one value, a list, or a switch that needs no value on the command line
 * @param masking what of the value may be shown
 */
record ValueType<T>(String kind, String allowed, Shape shape, Masking masking, Parser<T> parser) {
    /** The kind of which an item may be a mapping in YAML. */
    static final String RULES = "rules";

    enum Shape {
        SINGLE,
        LIST,
        FLAG
    }

    enum Masking {
        NONE,
        URL,
        WHOLE
    }

    /** From text to value. */
    interface Parser<T> {
        T parse(String text) throws BadValue;
    }

    static <T> ValueType<T> single(String kind, String allowed, Parser<T> parser) {
        return new ValueType<>(kind, allowed, Shape.SINGLE, Masking.NONE, parser);
    }

    ValueType<T> masking(Masking other) {
        return new ValueType<>(kind, allowed, shape, other, parser);
    }

    String shown(String text) {
        return switch (masking) {
            case NONE -> text;
            case URL -> RedisUrl.masked(text);
            case WHOLE -> "***";
        };
    }
}
